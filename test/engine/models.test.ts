import { MODELS } from '../../nodes/KymaImage/models';
import { properties } from '../../nodes/KymaImage/operations';
import { startSimulator } from '../simulator';
import { continueOnFail, useSimulator } from './kyma';
import { searchModels } from './panel';

const bench = useSimulator();
const credential = () => ({ apiKey: bench.kyma.apiKey, baseUrl: bench.kyma.url });
const listModels = { operation: 'listModels' };
const generating = MODELS.filter(({ minSources }) => minSources === 0);
const editing = MODELS.filter(({ maxSources }) => maxSources > 0);
const sortIds = (models: Array<{ id: string }>) => models.map(({ id }) => id).sort();

test('the list of Generate Image has every model that needs no source image, each with its price', async () => {
	const { results } = await searchModels('generate', credential());
	const values = results.map(({ value }) => value);
	expect(values).toContain('imagen-4');
	expect(values).not.toContain('flux-kontext-pro');
	expect(results.find(({ value }) => value === 'nano-banana')?.name).toBe('Nano Banana · $0.046 · edits');
	expect(results.every(({ name }) => /\$\d/.test(name))).toBe(true);
});

test('the list of Edit Image has only models that take an image', async () => {
	const { results } = await searchModels('edit', credential());
	const values = results.map(({ value }) => value).sort();
	expect(values).toEqual(sortIds(editing));
	expect(values).toEqual(expect.arrayContaining(['flux-2-pro', 'flux-kontext-pro', 'gpt-image-2', 'nano-banana']));
	expect(values).not.toContain('imagen-4');
});

test('the list is searched by name, id and purpose', async () => {
	expect((await searchModels('generate', credential(), 'BANANA')).results).toHaveLength(2);
	expect((await searchModels('generate', credential(), 'logo')).results.map(({ value }) => value)).toEqual(['recraft-v4-vector']);
	expect((await searchModels('generate', credential(), 'no such model')).results).toEqual([]);
});

test('no line of the list is longer than the field of the panel shows', async () => {
	const lists = await Promise.all([searchModels('generate', credential()), searchModels('edit', credential())]);
	const names = lists.flatMap(({ results }) => results.map(({ name }) => name));
	expect(names.filter((name) => name.length > 40)).toEqual([]);
	expect(names).toContain('FLUX.2 Pro · $0.041–0.101 · 10 sources');
});

test('vector models say SVG, legacy models say so', async () => {
	const { results } = await searchModels('generate', credential(), 'recraft');
	expect(results.find(({ value }) => value === 'recraft-v4-vector')?.name).toContain(' · SVG');
	expect(results.find(({ value }) => value === 'recraft-v3')?.name).toBe('Recraft V3 · $0.054 · legacy');
});

test('every legacy model has a notice below the list that names its successor', () => {
	const notices = properties.filter(({ name }) => name === 'legacyNotice');
	expect(notices.map(({ displayName }) => displayName)).toContain('Recraft V3 is a legacy model, Recraft V4 replaces it');
	const shownFor = notices.flatMap(({ displayOptions }) => displayOptions?.show?.model ?? []);
	expect(shownFor).toEqual(MODELS.filter(({ successor }) => successor).map(({ id }) => id));
});

test('the live catalog decides: a new model appears, a new price counts', async () => {
	const media = [
		{ id: 'nano-banana', name: 'Nano Banana', modality: 'image', pricing_mode: 'per-image', usd_per_call: 0.05 },
		{ id: 'kyma-next', name: 'Kyma Next', modality: 'image', pricing_mode: 'per-image', usd_per_call: 0.02 },
	];
	bench.kyma.addFault({ on: 'pricing', kind: { type: 'body', body: { object: 'pricing.catalog', media } } });
	bench.kyma.addFault({ on: 'registry', kind: { type: 'status', status: 503 } });
	const { results } = await searchModels('generate', credential());
	expect(results.map(({ name }) => name.split(' · ').slice(0, 2))).toEqual([
		['Nano Banana', '$0.05'],
		['Kyma Next', '$0.02'],
	]);
});

test.each([
	['does not answer', { type: 'status', status: 503 }],
	['answers with a web page', { type: 'html' }],
	['answers with nonsense', { type: 'body', body: { media: 'none', models: 7 } }],
] as const)('when the catalog %s, the bundled models are listed instead of an error', async (_, kind) => {
	bench.kyma.addFault({ on: 'pricing', kind });
	bench.kyma.addFault({ on: 'registry', kind });
	expect((await searchModels('generate', credential())).results).toHaveLength(generating.length);
});

test('offline, the bundled models are listed instead of an error', async () => {
	const gone = await startSimulator();
	await gone.close();
	expect((await searchModels('edit', { ...credential(), baseUrl: gone.url })).results).toHaveLength(editing.length);
});

test('the catalog is asked for without the key', async () => {
	await searchModels('generate', credential());
	expect(bench.kyma.requests.map(({ route }) => route).sort()).toEqual(['pricing', 'registry']);
	expect(bench.kyma.requests.some(({ headers }) => headers.authorization)).toBe(false);
});

test('List Image Models gives one item per model, with price and abilities', async () => {
	const { items } = await bench.run(listModels);
	expect(items).toHaveLength(MODELS.length);
	expect(items.find(({ json }) => json.id === 'gpt-image-2')?.json).toMatchObject({
		name: 'GPT Image 2',
		priceFromUsd: 0.014,
		priceToUsd: 0.297,
		canGenerate: true,
		canEdit: true,
		output: 'raster',
	});
	expect(items[0]?.pairedItem).toEqual({ item: 0 });
});

test('List Image Models without simplifying gives the rows of the API untouched', async () => {
	const { items } = await bench.run({ ...listModels, simplify: false });
	const row = items.find(({ json }) => json.id === 'nano-banana')?.json;
	expect(row).toMatchObject({ pricing: { modality: 'image', usd_per_call: 0.046 }, registry: { id: 'nano-banana' } });
});

test('List Image Models without simplifying adds nothing to a row, and takes nothing from it', async () => {
	const row = { id: 'kyma-next', name: ' Kyma Next ', modality: 'image', pricing_mode: 'per-quality', detail: { low: 0.01 } };
	const entry = { id: 'kyma-next', name: null, capability: 'image_generate', hot: true };
	bench.kyma.addFault({ on: 'pricing', kind: { type: 'body', body: { media: [row] } } });
	bench.kyma.addFault({ on: 'registry', kind: { type: 'body', body: { models: [entry] } } });
	const { items } = await bench.run({ ...listModels, simplify: false });
	expect(items.map(({ json }) => json)).toEqual([{ id: 'kyma-next', pricing: row, registry: entry }]);
});

test('List Image Models runs once, whatever the number of input items', async () => {
	const { items } = await bench.run(listModels, { input: [{ json: {} }, { json: {} }] });
	expect(items).toHaveLength(MODELS.length);
	expect(bench.count('pricing')).toBe(1);
});

test('List Image Models says so when the catalog cannot be read, it does not pass old prices for live ones', async () => {
	bench.kyma.addFault({ on: 'pricing', kind: { type: 'status', status: 503 }, times: 2 });
	bench.kyma.addFault({ on: 'registry', kind: { type: 'status', status: 503 }, times: 2 });
	expect((await bench.run(listModels)).error?.message).toContain("Kyma's model list could not be read");
	const { items } = await bench.run(listModels, continueOnFail);
	expect(items[0]?.json).toMatchObject({ details: { charged: false } });
});
