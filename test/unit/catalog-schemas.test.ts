import fc from 'fast-check';

import { parsePricing, parseRegistry } from '../../nodes/shared/catalogSchemas';

const price = { id: 'nano-banana', name: 'Nano Banana', modality: 'image', pricing_mode: 'per-image', usd_per_call: 0.046, detail: {} };
const entry = { id: 'nano-banana', name: 'Nano Banana', capability: 'image_generate', input_modalities: ['text', 'image'], hot: true };

test('the price list gives its image rows and nothing of video or sound', () => {
	const media = [price, { ...price, id: 'veo', modality: 'video' }, { ...price, id: 'tts', modality: 'audio' }];
	expect(parsePricing({ object: 'pricing.catalog', media })).toEqual([{ ...price, raw: price }]);
});

test('the registry gives its rows with what they leave out filled in', () => {
	expect(parseRegistry({ object: 'registry', models: [entry] })).toEqual([{ ...entry, output_modalities: [], raw: entry }]);
});

test.each([null, 'x', 7, [], {}, { media: {} }, { models: 'x' }, '<html></html>'])('%j is neither a price list nor a registry', (body) => {
	expect([parsePricing(body), parseRegistry(body)]).toEqual([undefined, undefined]);
});

test('a row that fits no schema is left out and the others stay', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constant(price)), { maxLength: 6 }), (rows) => {
			const isPrice = (row: unknown) => row === price;
			expect(parsePricing({ media: rows })?.filter(({ id }) => id === price.id)).toHaveLength(rows.filter(isPrice).length);
		}),
	);
});

test.each([undefined, null, -1, '0.046', {}])('a price of %j is no price, and the row stays', (usd_per_call) => {
	expect(parsePricing({ media: [{ ...price, usd_per_call }] })).toMatchObject([{ id: 'nano-banana', usd_per_call: null }]);
});

test.each([undefined, null, 'image', [7], {}])('input modalities of %j are none, and the row stays', (input_modalities) => {
	expect(parseRegistry({ models: [{ ...entry, input_modalities }] })).toMatchObject([{ id: 'nano-banana', input_modalities: [] }]);
});

test.each([null, 'x', 7, []])('registry pricing of %j is none, and the row stays', (pricing) => {
	expect(parseRegistry({ models: [{ ...entry, pricing }] })?.[0]).toMatchObject({ id: 'nano-banana', pricing: undefined });
});

test.each([{ id: '' }, { id: ' ' }, { id: 7 }, { id: null }])('a row with %j has no ID to choose it by and is left out', (broken) => {
	expect(parsePricing({ media: [{ ...price, ...broken }] })).toEqual([]);
	expect(parseRegistry({ models: [{ ...entry, ...broken }] })).toEqual([]);
});
