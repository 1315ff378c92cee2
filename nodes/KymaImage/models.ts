import type { ModelRow } from '../shared/catalog';

const flat = { maxImages: 4, output: 'raster' } as const;
const textOnly = { ...flat, minSources: 0, maxSources: 0 } as const;
const editable = { ...flat, minSources: 0, maxSources: 1 } as const;
const vector = { ...textOnly, output: 'svg' } as const;

/**
 * Kyma's image catalog of May 2026: one model, one row. Serves when the live catalog cannot be read, and tells what the
 * live catalog does not: source images, prices by quality, typical latency. The README's table is checked against it.
 */
export const MODELS: ModelRow[] = [
	{
		...editable,
		id: 'nano-banana',
		name: 'Nano Banana (Gemini 2.5 Flash Image)',
		priceUsd: 0.046,
		typicalMs: 7_000,
		useWhen: 'an all-round start, fast and stable',
	},
	{
		...editable,
		id: 'nano-banana-3-flash',
		name: 'Nano Banana 3 Flash (Gemini 3.1 Flash Image)',
		priceUsd: 0.046,
		typicalMs: 7_000,
		useWhen: 'sharper edits, a preview model',
	},
	{
		...editable,
		id: 'gpt-image-2',
		name: 'GPT Image 2',
		priceUsd: { low: 0.014, medium: 0.081, high: 0.297 },
		typicalMs: { low: 19_000, medium: 30_000, high: 60_000 },
		useWhen: 'close following of long prompts, with a choice of quality',
	},
	{
		...flat,
		minSources: 0,
		maxSources: 10,
		maxImages: 1,
		id: 'flux-2-pro',
		name: 'FLUX.2 Pro',
		priceUsd: { from: 0.041, to: 0.101 },
		typicalMs: 12_000,
		useWhen: 'several source images in one picture, up to 10',
	},
	{
		...flat,
		minSources: 1,
		maxSources: 1,
		id: 'flux-kontext-pro',
		name: 'FLUX.1 Kontext Pro',
		priceUsd: 0.054,
		typicalMs: 10_000,
		useWhen: 'changing one thing and keeping the rest, edits only',
	},
	{
		...textOnly,
		id: 'imagen-4-fast',
		name: 'Imagen 4 Fast',
		priceUsd: 0.027,
		typicalMs: 7_000,
		useWhen: 'many photographic images for little money',
	},
	{ ...textOnly, id: 'imagen-4', name: 'Imagen 4', priceUsd: 0.054, typicalMs: 15_000, useWhen: 'photographic images' },
	{
		...textOnly,
		id: 'imagen-4-ultra',
		name: 'Imagen 4 Ultra',
		priceUsd: 0.081,
		typicalMs: 15_000,
		useWhen: 'photographic images with the finest detail',
	},
	{
		...textOnly,
		id: 'recraft-v4',
		name: 'Recraft V4',
		priceUsd: 0.054,
		typicalMs: 10_000,
		useWhen: 'design work: posters, illustrations, brand images',
	},
	{
		...textOnly,
		id: 'recraft-v4-pro',
		name: 'Recraft V4 Pro',
		priceUsd: 0.338,
		typicalMs: 20_000,
		useWhen: 'design work for print, 4 megapixels',
	},
	{ ...vector, id: 'recraft-v4-vector', name: 'Recraft V4 Vector', priceUsd: 0.108, typicalMs: 15_000, useWhen: 'logos and icons as SVG' },
	{
		...vector,
		id: 'recraft-v4-vector-pro',
		name: 'Recraft V4 Vector Pro',
		priceUsd: 0.405,
		typicalMs: 25_000,
		useWhen: 'detailed vector drawings as SVG',
	},
	{ ...textOnly, id: 'ideogram-v3', name: 'Ideogram V3', priceUsd: 0.108, typicalMs: 12_000, useWhen: 'legible text in the image' },
	{
		...textOnly,
		id: 'minimax-image-01',
		name: 'MiniMax Image 01',
		priceUsd: 0.005,
		typicalMs: 10_000,
		useWhen: 'the lowest price, good for trying things out',
	},
	{
		...textOnly,
		id: 'flux-1.1-ultra',
		name: 'FLUX 1.1 Pro Ultra',
		priceUsd: 0.081,
		typicalMs: 12_000,
		useWhen: 'legacy',
		successor: 'flux-2-pro',
	},
	{ ...textOnly, id: 'recraft-v3', name: 'Recraft V3', priceUsd: 0.054, typicalMs: 10_000, useWhen: 'legacy', successor: 'recraft-v4' },
];

/** The bundled row of a model; undefined for an id typed by hand that is not in the table. */
export const findModel = (id: string): ModelRow | undefined => MODELS.find((row) => row.id === id);
