import { readBinary } from './engine';
import { byId, continueOnFail, edit, generate, getJob, useSimulator } from './kyma';

const bench = useSimulator();
const { run, count } = bench;
const keys = () =>
	bench.kyma.requests.flatMap(({ route, body }) => (route === 'submit' ? [(body as { idempotency_key: string }).idempotency_key] : []));
const inputs = (length: number) => Array.from({ length }, (_, n) => ({ json: { n } }));

test('a connection that is reset after the job was created costs one job, not two', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'resetAfter' } });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect([count('submit'), bench.kyma.jobs.length, bench.kyma.chargedUsd]).toEqual([2, 1, 0.046]);
	expect(new Set(keys()).size).toBe(1);
});

test.each([
	['a cut-off answer', { type: 'cutJson' }],
	['an empty answer', { type: 'empty', afterWork: true }],
	['a web page from a proxy', { type: 'html', status: 502, afterWork: true }],
	['a web page that claims success', { type: 'html', afterWork: true }],
	['a server error after the work', { type: 'status', status: 500, afterWork: true }],
] as const)('%s to a submit costs one job, not two', async (_, kind) => {
	bench.kyma.addFault({ on: 'submit', kind });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect([bench.kyma.jobs.length, bench.kyma.chargedUsd]).toEqual([1, 0.046]);
});

test('Retry On Fail re-attaches to the job it has paid for', async () => {
	bench.kyma.addFault({ on: 'poll', kind: { type: 'status', status: 403 }, times: 1 });
	const { items } = await run(generate(), { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } });
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect([count('submit'), bench.kyma.jobs.length, bench.kyma.jobs[0]?.replays]).toEqual([2, 1, 1]);
});

test('Retry On Fail after a failed job submits it anew under a fresh key', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: { message: 'Try again' } } });
	const { items } = await run(generate(), { settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } });
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect(bench.kyma.jobs.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
	expect(keys()[2]?.startsWith(`${keys()[0]}-r1`)).toBe(true);
	expect(bench.kyma.chargedUsd).toBe(0.046);
});

test('fresh keys are derived a bounded number of times', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'expired', error: null }, times: Infinity });
	const { error } = await run(generate(), { settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 } });
	expect(error?.message).toContain('ended as "expired"');
	expect(new Set(keys()).size).toBe(4);
});

test('a worker that is replaced re-attaches: the same execution run again makes no second job', async () => {
	const first = await run(generate({ numberOfImages: 2 }), { input: inputs(3) });
	const second = await run(generate({ numberOfImages: 2 }), { input: inputs(3) });
	expect(second.items.map(({ json }) => json.jobId)).toEqual(first.items.map(({ json }) => json.jobId));
	expect(bench.kyma.jobs).toHaveLength(3);
});

test('another execution, another item and another prompt are other wishes', async () => {
	await run(generate(), { input: inputs(2) });
	await run(generate(), { executionId: '2' });
	await run(generate({}, { prompt: 'A blue bicycle' }));
	expect(bench.kyma.jobs).toHaveLength(4);
});

test('the key is readable and short, and holds nothing of the prompt', async () => {
	await run(generate({}, { prompt: 'Secret launch' }), { executionId: '4711' });
	expect(keys()[0]).toMatch(/^n8n-e4711-r0-i0-[\da-f]{40}$/);
	expect(keys()[0]).not.toMatch(/secret|launch/i);
});

test('a key of the user replaces the automatic one, also across executions', async () => {
	await run(generate({ idempotencyKey: 'order-7' }));
	const { items } = await run(generate({ idempotencyKey: 'order-7' }), { executionId: '2' });
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect([...new Set(keys())]).toEqual(['order-7']);
	expect(bench.kyma.jobs).toHaveLength(1);
});

test('one key for two different images is refused, it would deliver the first one twice', async () => {
	const { items } = await run(generate({ idempotencyKey: 'order-7' }, { prompt: '={{ $json.n }}' }), {
		input: inputs(2),
		...continueOnFail,
	});
	expect(items[0]?.json.status).toBe('succeeded');
	expect(items[1]?.json.error).toContain('Idempotency Key: two items ask for different images under the same key');
});

test('one key for the same image twice costs one job, and its charge is stated once', async () => {
	const { items } = await run(generate({ idempotencyKey: 'order-7' }), { input: inputs(2) });
	expect(items.map(({ json }) => json.costUsd).sort()).toEqual([0, 0.046]);
	expect(bench.kyma.chargedUsd).toBe(0.046);
});

test.each([400, 401, 402, 403, 404, 422])('HTTP %s to a submit is final: it is sent once', async (status) => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status, message: 'No' }, times: Infinity });
	const { error } = await run(generate());
	expect(error?.httpCode).toBe(String(status));
	expect(error?.description).toContain('You were not charged');
	expect(count('submit')).toBe(1);
});

test('a refused key is not tried again for every item', async () => {
	const { items } = await run(generate(), { apiKey: 'ky-wrong', input: inputs(40), ...continueOnFail });
	expect(items).toHaveLength(40);
	expect(items.every(({ json }) => String(json.error).includes('Kyma refused the API key'))).toBe(true);
	expect(count('submit')).toBeLessThanOrEqual(4);
});

test('a short balance says so and where to top up', async () => {
	bench.kyma.configure({ balanceUsd: 0.01 });
	const { error } = await run(generate());
	expect(error?.message).toContain('balance is too low');
	expect(error?.description).toContain('https://kymaapi.com');
	expect(bench.kyma.chargedUsd).toBe(0);
});

test('Max Spend refuses the item that would cross the limit before it is submitted, and says so', async () => {
	const { items, hints } = await run(generate({ maxSpend: 0.1 }), { input: inputs(4), ...continueOnFail });
	expect(items.map(({ json }) => json.status ?? 'refused')).toEqual(['succeeded', 'succeeded', 'refused', 'refused']);
	expect(items[2]?.json).toEqual({
		error: 'Max Spend: this job would bring the run to $0.138, over the limit of $0.1 [Item 2]',
		details: { charged: false },
	});
	expect(count('submit')).toBe(2);
	expect(hints).toEqual(['2 jobs, charged $0.092 in total. 2 items failed.']);
});

test('Max Spend counts what is in flight, not only what was charged', async () => {
	bench.kyma.configure({ jobDurationMs: 500 });
	const { items } = await run(generate({ maxSpend: 0.05 }), { input: inputs(3), ...continueOnFail });
	expect(items.filter(({ json }) => json.status === 'succeeded')).toHaveLength(1);
	expect(bench.kyma.chargedUsd).toBe(0.046);
});

test('a refunded job gives its share of Max Spend back', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: null } });
	const { items } = await run(generate({ maxSpend: 0.05, maxConcurrency: 1 }), { input: inputs(2), ...continueOnFail });
	expect(items.map(({ json }) => json.status ?? 'failed')).toEqual(['failed', 'succeeded']);
});

test('Max Spend uses the live price, and refuses a model whose price nobody knows', async () => {
	const media = [{ id: 'nano-banana', modality: 'image', pricing_mode: 'per-image', usd_per_call: 0.2 }];
	bench.kyma.addFault({ on: 'pricing', kind: { type: 'body', body: { media } }, times: 2 });
	expect((await run(generate({ maxSpend: 0.1 }))).error?.message).toContain('would bring the run to $0.2');
	expect((await run(generate({ maxSpend: 9 }, { model: byId('model-of-next-year') }))).error?.message).toContain(
		'the price of "model-of-next-year" is not known',
	);
	expect(count('submit')).toBe(0);
});

test('the price of quality counts for Max Spend', async () => {
	const model = { model: byId('gpt-image-2') };
	expect((await run(generate({ maxSpend: 0.1, quality: 'high' }, model))).error?.message).toContain('$0.297');
	expect((await run(generate({ maxSpend: 0.1, quality: 'low' }, model))).items).toHaveLength(1);
});

test('a failure that is fatal to the run names every job whose image the next node did not get', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: null }, skip: 2 });
	const { error } = await run(generate({ maxConcurrency: 2 }), { input: inputs(6) });
	const paid = bench.kyma.jobs.filter(({ chargedUsd }) => chargedUsd);
	expect(paid.length).toBeGreaterThanOrEqual(2);
	for (const { id } of paid) expect(error?.description).toContain(id);
	expect(error?.context.data).toMatchObject({ charged: false, otherJobIds: expect.arrayContaining(paid.map(({ id }) => id)) });
	expect(count('submit')).toBeLessThan(6);
	const rescued = await run(getJob(paid[0]?.id as string), { executionId: '2' });
	expect(await readBinary(rescued.items[0]?.binary?.data)).toEqual(await bench.kyma.imageFor(paid[0]?.id as string));
	expect(bench.kyma.chargedUsd).toBeCloseTo(paid.length * 0.046);
});

test('a timeout carries the job id, and Get Image Job brings the image back at no new charge', async () => {
	bench.kyma.configure({ jobDurationMs: 2_000 });
	const { error } = await run(generate({ timeout: 1 }));
	const [job] = bench.kyma.jobs;
	expect(error?.message).toContain(`No result after 1 seconds, job ${job?.id} is still "processing"`);
	expect(error?.description).toContain('Whether you were charged is not known.');
	const { items } = await run(getJob(job?.id as string, { waitForCompletion: true }), { executionId: '2' });
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect([bench.kyma.jobs.length, bench.kyma.chargedUsd]).toEqual([1, 0.046]);
});

test('a source image is part of the wish by its content', async () => {
	await run(edit('https://a.example/1.png'), continueOnFail);
	await run(edit('https://a.example/2.png'), continueOnFail);
	expect(new Set(keys().map((key) => key.slice(0, 58))).size).toBe(2);
});
