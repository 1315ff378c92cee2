import { readBinary } from './engine';
import { byId, continueOnFail, generate, useSimulator } from './kyma';

const bench = useSimulator();
const { run, count } = bench;

test('one item becomes one image with the bytes of the image host and the documented JSON', async () => {
	const { items } = await run(generate());
	const [item] = items;
	const jobId = item?.json.jobId as string;
	expect(await readBinary(item?.binary?.data)).toEqual(await bench.kyma.imageFor(jobId));
	expect(item?.binary?.data).toMatchObject({ mimeType: 'image/png', fileName: `nano-banana-${jobId}.png`, fileExtension: 'png' });
	expect(item?.pairedItem).toEqual({ item: 0 });
	expect(Object.keys(item?.json ?? {})).toEqual([
		...['jobId', 'status', 'operation', 'model', 'prompt', 'url', 'imageIndex', 'imageCount', 'fileName', 'mimeType', 'fileSize'],
		...['costUsd', 'estimatedCostUsd', 'createdAt', 'completedAt', 'elapsedMs'],
	]);
	expect(item?.json).toMatchObject({
		status: 'succeeded',
		operation: 'generate',
		model: 'nano-banana',
		prompt: 'A red bicycle',
		costUsd: 0.046,
		imageCount: 1,
	});
});

test('four images become four items of one job, and the costs of the items add up to the bill', async () => {
	const { items } = await run(generate({ numberOfImages: 4 }));
	expect(items.map(({ json }) => json.imageIndex)).toEqual([0, 1, 2, 3]);
	expect(items.map(({ json }) => json.costUsd)).toEqual([0.184, 0, 0, 0]);
	expect(new Set(items.map(({ json }) => json.fileName)).size).toBe(4);
	for (const [index, item] of items.entries()) {
		expect(await readBinary(item.binary?.data)).toEqual(await bench.kyma.imageFor(item.json.jobId as string, index));
	}
	expect(count('submit')).toBe(1);
});

test('four images in one item stand in data, data_1, data_2 and data_3', async () => {
	const { items } = await run(generate({ numberOfImages: 4, outputMode: 'perInput' }));
	expect(items).toHaveLength(1);
	expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data', 'data_1', 'data_2', 'data_3']);
	expect(await readBinary(items[0]?.binary?.data_2)).toEqual(await bench.kyma.imageFor(items[0]?.json.jobId as string, 2));
	expect(items[0]?.json).toMatchObject({
		imageCount: 4,
		costUsd: 0.184,
		images: [{ field: 'data' }, { field: 'data_1' }, { field: 'data_2' }, { field: 'data_3' }],
	});
});

test('the output field and the file name follow the options, the extension follows the content', async () => {
	const { items } = await run(
		generate({ putOutputInField: 'photo', fileName: 'hero.png', extra: '{"output_format":"jpeg"}', numberOfImages: 2 }),
	);
	expect(items.map(({ binary }) => binary?.photo?.fileName)).toEqual(['hero.jpg', 'hero_2.jpg']);
	expect(items[0]?.binary?.photo?.mimeType).toBe('image/jpeg');
});

test('a vector model delivers an SVG file that is called one', async () => {
	const { items } = await run(generate({}, { model: byId('recraft-v4-vector') }));
	expect(items[0]?.binary?.data).toMatchObject({ mimeType: 'image/svg+xml', fileExtension: 'svg' });
	expect((await readBinary(items[0]?.binary?.data)).toString('utf8')).toContain('<svg');
});

test('three input items give three outputs in input order, each paired with its own', async () => {
	const input = ['one', 'two', 'three'].map((prompt) => ({ json: { prompt } }));
	const { items } = await run(generate({}, { prompt: '={{ $json.prompt }}' }), { input });
	expect(items.map(({ json }) => json.prompt)).toEqual(['one', 'two', 'three']);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

test('output order is input order although the first job is the slowest', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'lateOutput', ms: 600 } });
	const { items } = await run(generate({}, { prompt: '={{ $json.n }}' }), { input: [{ json: { n: 1 } }, { json: { n: 2 } }] });
	expect(items.map(({ json }) => json.prompt)).toEqual(['1', '2']);
});

test('a mix of good and bad items under Continue On Fail keeps every good one and pairs every bad one', async () => {
	const input = ['good', '', 'also good'].map((prompt) => ({ json: { prompt } }));
	const { items, run: execution } = await run(generate({}, { prompt: '={{ $json.prompt }}' }), { input, ...continueOnFail });
	expect(execution.status).toBe('success');
	expect(items.map(({ json }) => json.error ?? json.prompt)).toEqual([
		'good',
		'Prompt: it is empty, describe the image [Item 1]',
		'also good',
	]);
	expect(items[1]).toMatchObject({ json: { details: { charged: false } }, pairedItem: { item: 1 } });
	expect(count('submit')).toBe(2);
});

test('the error output receives the failed item with its job id', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: { message: 'Content policy' } } });
	const { items, errorItems } = await run(generate(), {
		input: [{ json: {} }, { json: {} }],
		settings: { onError: 'continueErrorOutput' },
	});
	expect(items).toHaveLength(1);
	expect(errorItems[0]?.json).toMatchObject({
		details: { charged: false, status: 'failed', jobId: expect.stringMatching(/^[\da-f]{24}$/) },
	});
	expect(String(errorItems[0]?.json.error)).toContain('Content policy');
});

test.each([
	['a key of the MCP server', {}, { apiKey: 'km-123' }, "belongs to Kyma's MCP server"],
	['a Base URL that is none', {}, { baseUrl: 'banana' }, 'Base URL of the Kyma API credential'],
	['a setting of the run that makes no sense', { maxSpend: -1 }, {}, 'Max Spend: "-1"'],
] as const)('%s sends every item to the error output, none goes on as if it were an image', async (_, options, engine, words) => {
	const input = [{ json: { n: 1 } }, { json: { n: 2 } }];
	const { items, errorItems } = await run(generate(options), { ...engine, input, settings: { onError: 'continueErrorOutput' } });
	expect(items).toEqual([]);
	expect(errorItems.map(({ json }) => json)).toMatchObject([{ details: { charged: false } }, { details: { charged: false } }]);
	expect(errorItems.map(({ json }) => String(json.error).endsWith(`[Item ${Number(json.n) - 1}]`))).toEqual([true, true]);
	expect(String(errorItems[0]?.json.error)).toContain(words);
	expect(bench.kyma.requests).toHaveLength(0);
});

test('without waiting, the job is returned as it stands and nothing is polled or downloaded', async () => {
	bench.kyma.configure({ jobDurationMs: 60_000 });
	const { items, hints } = await run(generate({ waitForCompletion: false }));
	expect(hints).toEqual(['1 job, charged $0 so far, 1 job still running and not charged yet.']);
	expect(items[0]?.json).toMatchObject({ status: 'pending', estimatedCostUsd: 0.046, costUsd: null });
	expect(items[0]?.binary).toBeUndefined();
	expect([count('poll'), count('image')]).toEqual([0, 0]);
});

test('without downloading, items hold the addresses only', async () => {
	const { items } = await run(generate({ downloadImages: false }));
	expect(items[0]?.json.url).toMatch(/^http.+\.png$/);
	expect(items[0]?.binary).toBeUndefined();
	expect(count('image')).toBe(0);
});

test('without simplifying, the JSON is the API object untouched, beside the image', async () => {
	const { items } = await run(generate({}, { simplify: false }));
	expect(items[0]?.json).toMatchObject({
		object: 'image.job',
		status: 'succeeded',
		charged_amount: 0.046,
		output: { url: expect.any(String) },
	});
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
});

test('parameters reach the API under its own names', async () => {
	await run(
		generate(
			{ quality: 'high', customSize: '1536x1024', aspectRatio: '1:1', seed: 7, style: 'flat', extra: '{"seed":9}' },
			{ model: byId('gpt-image-2') },
		),
	);
	expect(bench.kyma.requests[0]?.body).toMatchObject({
		model: 'gpt-image-2',
		prompt: 'A red bicycle',
		quality: 'high',
		size: '1536x1024',
		extra: { seed: 9, style: 'flat' },
	});
});

test('a model typed by hand is sent as it is, known or not', async () => {
	const { error } = await run(generate({}, { model: byId('model-of-next-year') }));
	expect(bench.kyma.requests[0]?.body).toMatchObject({ model: 'model-of-next-year' });
	expect(error?.message).toContain('Kyma does not know "model-of-next-year"');
});

test('the hint under the output says what the run cost', async () => {
	const { hints } = await run(generate({ numberOfImages: 2 }), { input: [{ json: {} }, { json: {} }] });
	expect(hints).toEqual(['2 jobs, charged $0.184 in total.']);
});
