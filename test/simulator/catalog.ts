import { MODELS } from './models';
import type { ModelRow } from './models';

function priceOf({ usd }: ModelRow): { mode: string; usd: number; detail: object } {
	if (typeof usd === 'number') return { mode: 'per-image', usd, detail: { usd_per_image: usd } };
	if ('low' in usd) return { mode: 'per-quality', usd: usd.medium, detail: { ...usd } };
	const [from = 0] = usd.perMegapixels;
	return {
		mode: 'per-mp',
		usd: from,
		detail: { min_usd: from, max_usd: usd.perMegapixels.at(-1) },
	};
}

function toMediaRow(model: ModelRow) {
	const { mode, usd, detail } = priceOf(model);
	const { id, name } = model;
	return { id, name, modality: 'image', pricing_mode: mode, usd_per_call: usd, detail };
}

const media = (id: string, name: string, modality: string, usd: number) => ({
	...{ id, name, modality, pricing_mode: 'per-second', usd_per_call: usd },
	detail: { usd_per_second: usd },
});

/** Not images: here so that clients learn to leave them out. */
const OTHER_MEDIA = [
	media('veo-3-fast', 'Veo 3 Fast', 'video', 0.2),
	media('kling-2.5', 'Kling 2.5', 'video', 0.09),
	media('minimax-speech', 'MiniMax Speech', 'audio', 0.001),
];

const TEXT = [
	{ id: 'qwen-3.6-plus', name: 'Qwen 3.6 Plus', modality: 'text', pricing_mode: 'per-token' },
	{ id: 'deepseek-v3', name: 'DeepSeek V3', modality: 'text', pricing_mode: 'per-token' },
];

/** The answer of `GET /v1/pricing`. */
export function toPricing() {
	const rows = [...MODELS.map(toMediaRow), ...OTHER_MEDIA];
	return {
		object: 'pricing.catalog',
		text_count: TEXT.length,
		media_count: rows.length,
		text: TEXT,
		media: rows,
	};
}

function toRegistryRow(model: ModelRow) {
	const { id, name, description, bestFor, hot = false, recommended = false } = model;
	const { mode, usd } = priceOf(model);
	return {
		...{ id, name, description, best_for: bestFor },
		capability: model.needsSource ? 'image_edit' : 'image_generate',
		input_modalities: model.sources > 0 ? ['text', 'image'] : ['text'],
		output_modalities: ['image'],
		pricing: { mode, per_image_usd: usd, currency: 'USD' },
		...{ hot, recommended },
	};
}

/** The answer of `GET /registry/image-models.json`. */
export const toRegistry = () => ({
	object: 'registry',
	updated_at: '2026-05-12T00:00:00.000Z',
	models: MODELS.map(toRegistryRow),
});
