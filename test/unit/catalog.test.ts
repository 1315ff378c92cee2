import fc from 'fast-check';

import { formatPrice, getTypicalMs, getUnitPriceUsd, mergeCatalog, toPriceRange } from '../../nodes/shared/catalog';
import type { ModelRow } from '../../nodes/shared/catalog';
import { parsePricing, parseRegistry } from '../../nodes/shared/catalogSchemas';
import { MODELS, findModel } from '../../nodes/KymaImage/models';

const getRow = (id: string) => findModel(id) as ModelRow;
const price = (id: string, more = {}) =>
	parsePricing({ media: [{ id, modality: 'image', pricing_mode: 'per-image', usd_per_call: 0.05, ...more }] }) ?? [];
const register = (id: string, more = {}) => parseRegistry({ models: [{ id, ...more }] }) ?? [];
const merge = (...live: Parameters<typeof mergeCatalog> extends [unknown, ...infer Rest] ? Rest : never) => mergeCatalog(MODELS, ...live);

test('without a live catalog the bundled models serve, all of them', () => {
	expect(merge().map(({ id }) => id)).toEqual(MODELS.map(({ id }) => id));
	expect(merge([], []).map(({ id }) => id)).toEqual(MODELS.map(({ id }) => id));
});

test('with a live catalog only its models are there, in whichever part they stand', () => {
	expect(merge(price('nano-banana')).map(({ id }) => id)).toEqual(['nano-banana']);
	expect(merge(price('imagen-4'), register('brand-new')).map(({ id }) => id)).toEqual(['imagen-4', 'brand-new']);
});

test('the live price wins over the bundled one where it is flat', () => {
	expect(merge(price('nano-banana'))[0]?.priceUsd).toEqual({ from: 0.05, to: 0.05 });
});

test.each([
	['gpt-image-2', { pricing_mode: 'per-quality' }, { from: 0.014, to: 0.297 }],
	['flux-2-pro', { pricing_mode: 'per-mp' }, { from: 0.041, to: 0.101 }],
	['gpt-image-2', {}, { from: 0.014, to: 0.297 }],
	['imagen-4', { pricing_mode: 'per-mp' }, { from: 0.054, to: 0.054 }],
	['imagen-4', { usd_per_call: null }, { from: 0.054, to: 0.054 }],
])('the bundled price of %s stays beside a live row of %j', (id, more, expected) => {
	expect(merge(price(id, more))[0]?.priceUsd).toEqual(expected);
});

test.each([
	[price('new', { pricing_mode: 'per-mp' }), [], undefined],
	[price('new', { usd_per_call: null }), [], undefined],
	[[], register('new'), undefined],
	[[], register('new', { pricing: { mode: 'per-image', per_image_usd: 0.07 } }), { from: 0.07, to: 0.07 }],
	[price('new'), register('new', { pricing: { per_image_usd: 0.07 } }), { from: 0.05, to: 0.05 }],
	[price('new', { usd_per_call: 0 }), [], { from: 0, to: 0 }],
])('the price of an unknown model is what the catalog tells, or unknown: case %#', (pricing, registry, expected) => {
	expect(merge(pricing, registry)[0]?.priceUsd).toEqual(expected);
});

test.each([
	[{ capability: 'image_edit' }, true, true],
	[{ capability: 'image_generate', input_modalities: ['text', 'image'] }, true, false],
	[{ capability: 'image_generate', input_modalities: ['text'] }, false, false],
	[{}, false, false],
])('an unknown model with %j takes an image: %s, needs one: %s', (more, takesImage, requiresImage) => {
	expect(merge([], register('new', more))[0]).toMatchObject({ takesImage, requiresImage });
});

test('what the bundled row says of source images stands', () => {
	const [model] = merge([], register('flux-kontext-pro', { capability: 'image_generate', input_modalities: [] }));
	expect(model).toMatchObject({ takesImage: true, requiresImage: true });
});

test.each([
	['gpt-image-2', 'low', 0.014],
	['gpt-image-2', undefined, 0.081],
	['gpt-image-2', 'high', 0.297],
	['flux-2-pro', undefined, 0.101],
	['imagen-4', 'high', 0.054],
] as const)('an image of %s in quality %s is set aside with $%d', (id, quality, expected) => {
	expect(
		getUnitPriceUsd(
			merge().find((model) => model.id === id),
			getRow(id),
			quality,
		),
	).toBe(expected);
	expect(getUnitPriceUsd(undefined, getRow(id), quality)).toBe(expected);
});

test('an image is set aside with the live price, also of a model that is not bundled', () => {
	expect(getUnitPriceUsd(merge(price('imagen-4'))[0], getRow('imagen-4'))).toBe(0.05);
	expect(getUnitPriceUsd(merge(price('new'))[0])).toBe(0.05);
});

test('a price that nobody knows is not invented', () => {
	expect(getUnitPriceUsd()).toBeUndefined();
	expect(getUnitPriceUsd(merge([], register('new'))[0])).toBeUndefined();
});

test('what is set aside is never less than the price shown, whatever the live catalog says', () => {
	const usd = fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: null });
	const id = fc.constantFrom('new', ...MODELS.map((row) => row.id));
	fc.assert(
		fc.property(id, usd, fc.constantFrom('per-image', 'per-mp', undefined), usd, (model, live, mode, registered) => {
			const pricing = price(model, { usd_per_call: live, pricing_mode: mode });
			const [merged] = merge(pricing, register(model, { pricing: { per_image_usd: registered } }));
			const unitUsd = getUnitPriceUsd(merged, findModel(model), 'high');
			expect(unitUsd ?? Infinity).toBeGreaterThanOrEqual(merged?.priceUsd?.to ?? 0);
		}),
	);
});

test.each([
	[undefined, 'price unknown'],
	[{ from: 0.046, to: 0.046 }, '$0.046'],
	[{ from: 0.014, to: 0.297 }, '$0.014–0.297'],
	[{ from: 0.1 + 0.2, to: 0.1 + 0.2 }, '$0.3'],
	[{ from: 0, to: 0 }, '$0'],
])('%j reads "%s"', (range, text) => {
	expect(formatPrice(range)).toBe(text);
});

test.each([
	['gpt-image-2', undefined, 30_000],
	['gpt-image-2', 'high', 60_000],
	['nano-banana', 'high', 7_000],
] as const)('a job of %s in quality %s typically takes %d ms', (id, quality, expected) => {
	expect(getTypicalMs(getRow(id), quality)).toBe(expected);
});

test('nobody knows how long a job of an unknown model takes', () => {
	expect(getTypicalMs(undefined)).toBeUndefined();
});

test('the bundled rows make sense: unique, priced, with a successor that exists', () => {
	expect(new Set(MODELS.map(({ id }) => id)).size).toBe(MODELS.length);
	expect(MODELS.filter((row) => !(toPriceRange(row).from > 0 && toPriceRange(row).from <= toPriceRange(row).to))).toEqual([]);
	expect(MODELS.filter(({ successor }) => successor && !findModel(successor))).toEqual([]);
	expect(MODELS.filter(({ minSources, maxSources }) => minSources > maxSources)).toEqual([]);
});
