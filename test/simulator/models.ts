/** Usual time from start to finish, in seconds. */
type Latency = readonly [fromSeconds: number, toSeconds: number];

export type ModelRow = {
	id: string;
	name: string;
	description: string;
	bestFor: string;
	/** Price per image; by quality or by megapixels where a model has more than one. */
	usd: number | { low: number; medium: number; high: number } | { perMegapixels: readonly number[] };
	latency: Latency | { low: Latency; medium: Latency; high: Latency };
	/** How many source images it takes. */
	sources: 0 | 1 | 10;
	needsSource?: true;
	onlyOneImage?: true;
	vector?: true;
	/** Aspect ratios it knows, its default first; 'any' follows width and height as they are. */
	ratios: readonly string[] | 'any';
	hot?: true;
	recommended?: true;
};

const WIDE = ['1:1', '16:9', '9:16', '4:3', '3:4', '21:9'] as const;
const IMAGEN = ['1:1', '3:4', '4:3', '16:9', '9:16'] as const;

const row = (
	id: string,
	name: string,
	usd: ModelRow['usd'],
	latency: ModelRow['latency'],
	bestFor: string,
	more: Partial<ModelRow> = {},
): ModelRow => ({
	...{ id, name, usd, latency, bestFor, description: `${name}: ${bestFor}` },
	...{ sources: 0, ratios: WIDE },
	...more,
});

/** Kyma's image catalog, May 2026: models/* and api-reference/pricing-catalog. */
export const MODELS: readonly ModelRow[] = [
	row('nano-banana', 'Nano Banana', 0.046, [5, 10], 'fast generation and edits', {
		sources: 1,
		hot: true,
		recommended: true,
	}),
	row('nano-banana-3-flash', 'Nano Banana 3 Flash', 0.046, [5, 10], 'sharper edits', {
		sources: 1,
	}),
	row(
		'gpt-image-2',
		'GPT Image 2',
		{ low: 0.014, medium: 0.081, high: 0.297 },
		{ low: [16, 22], medium: [26, 34], high: [54, 66] },
		'following long instructions',
		{ sources: 1, ratios: ['1:1', '2:3', '3:2'], hot: true },
	),
	row('flux-2-pro', 'FLUX.2 Pro', { perMegapixels: [0.041, 0.061, 0.081, 0.101] }, [8, 15], 'several references in one picture', {
		sources: 10,
		onlyOneImage: true,
		ratios: 'any',
		recommended: true,
	}),
	row('flux-kontext-pro', 'FLUX.1 Kontext Pro', 0.054, [8, 14], 'edits that keep the subject', {
		sources: 1,
		needsSource: true,
	}),
	row('imagen-4-fast', 'Imagen 4 Fast', 0.027, [5, 10], 'drafts', { ratios: IMAGEN }),
	row('imagen-4', 'Imagen 4', 0.054, [10, 20], 'photographs', { ratios: IMAGEN }),
	row('imagen-4-ultra', 'Imagen 4 Ultra', 0.081, [15, 25], 'fine detail', { ratios: IMAGEN }),
	row('recraft-v4', 'Recraft V4', 0.054, [8, 14], 'design work', { recommended: true }),
	row('recraft-v4-pro', 'Recraft V4 Pro', 0.338, [15, 25], 'design work at 4 MP'),
	row('recraft-v4-vector', 'Recraft V4 Vector', 0.108, [12, 20], 'logos and icons as SVG', {
		vector: true,
	}),
	row('recraft-v4-vector-pro', 'Recraft V4 Vector Pro', 0.405, [20, 30], 'detailed SVG', {
		vector: true,
	}),
	row('ideogram-v3', 'Ideogram V3', 0.108, [10, 18], 'legible text in the image'),
	row('minimax-image-01', 'MiniMax Image 01', 0.005, [10, 20], 'the lowest price'),
	row('flux-1.1-ultra', 'FLUX 1.1 Pro Ultra', 0.081, [8, 14], 'legacy: use flux-2-pro'),
	row('recraft-v3', 'Recraft V3', 0.054, [8, 14], 'legacy: use recraft-v4'),
];

export const findModel = (id: string): ModelRow | undefined => MODELS.find((model) => model.id === id);
