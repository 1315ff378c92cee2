import { jobOf, poll, pollUntil, run, sleep, submit } from './driver';
import type { FaultKind } from './fault-kinds';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0, imageLongSidePx: 32 });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const onSubmit = (kind: FaultKind) => simulator.addFault({ on: 'submit', kind });

test.each([[{ message: 'Blocked', code: 'content_policy' }], ['a plain string'], [null]])(
	'the error of a failed job is passed on as it is: %j',
	async (error) => {
		onSubmit({ type: 'job', status: 'failed', error });
		expect(await run(simulator)).toMatchObject({ status: 'failed', error });
	},
);

test('a job can end in a status that nobody documented', async () => {
	onSubmit({ type: 'job', status: 'banana' });
	expect(await run(simulator)).toMatchObject({ status: 'banana', charged_amount: null });
});

test.each(['pending', 'processing'])('a job can stay %s for ever', async (status) => {
	onSubmit({ type: 'job', status });
	const { id } = jobOf(await submit(simulator));
	await sleep(60);
	expect(jobOf(await poll(simulator, id))).toMatchObject({ status, completed_at: null });
	expect(simulator.heldUsd).toBe(0.046);
});

test('late output: succeeded and charged at once, the image a moment later', async () => {
	onSubmit({ type: 'lateOutput', ms: 300 });
	const early = await run(simulator);
	expect(early).toMatchObject({ status: 'succeeded', output: null, charged_amount: 0.046 });
	const late = await pollUntil(simulator, early.id, ({ output }) => output !== null);
	expect(late.output?.url).toBe(simulator.jobs[0]?.imageUrls[0]);
});

test('the output of a job can stay away for ever', async () => {
	onSubmit({ type: 'lateOutputForever' });
	const { id } = await run(simulator);
	await sleep(60);
	expect(jobOf(await poll(simulator, id))).toMatchObject({ status: 'succeeded', output: null });
});

test('a new job can be unknown to the poll for a while', async () => {
	onSubmit({ type: 'notFoundFor', ms: 300 });
	const { id } = jobOf(await submit(simulator));
	expect((await poll(simulator, id)).status).toBe(404);
	await sleep(320);
	expect((await poll(simulator, id)).status).toBe(200);
});

test('a terminal first answer is 202, succeeded and with its output', async () => {
	onSubmit({ type: 'terminalAnswer' });
	const answer = await submit(simulator);
	expect(answer.status).toBe(202);
	expect(jobOf(answer)).toMatchObject({ status: 'succeeded', charged_amount: 0.046 });
	expect(jobOf(answer).output?.url).toContain(simulator.imageOrigin);
});

test('an immediate answer has URLs in the shape of OpenAI, is charged, and replays as it was', async () => {
	onSubmit({ type: 'immediate', shape: 'url' });
	const answer = await submit(simulator, { n: 2, idempotency_key: 'k' });
	const [job] = simulator.jobs;
	expect(answer.status).toBe(200);
	expect(answer.body).toEqual({
		created: expect.any(Number) as number,
		data: job?.imageUrls.map((url) => ({ url })),
	});
	expect([job?.imageUrls.length, job?.chargedUsd]).toEqual([2, 0.092]);
	expect((await submit(simulator, { idempotency_key: 'k' })).body).toEqual(answer.body);
});

test('an immediate answer can hold the images themselves', async () => {
	onSubmit({ type: 'immediate', shape: 'b64' });
	const { data } = (await submit(simulator)).body as { data: { b64_json: string }[] };
	const image = await simulator.imageFor(simulator.jobs[0]!.id);
	expect(Buffer.from(data[0]!.b64_json, 'base64').equals(image)).toBe(true);
});

test.each([
	['url', 1],
	['urls', 2],
	['images-strings', 2],
	['images-objects', 2],
	['data-url', 2],
] as const)('the output can have the shape %s', async (shape, count) => {
	onSubmit({ type: 'outputShape', shape });
	const { output } = await run(simulator, { n: 2 });
	const urls = simulator.jobs[0]!.imageUrls.slice(0, count);
	const objects = urls.map((url) => ({ url }));
	const shapes = {
		url: { url: urls[0] },
		urls: { urls },
		'images-strings': { images: urls },
		'images-objects': { images: objects },
		'data-url': { data: objects },
	};
	expect(output).toEqual({ ...shapes[shape], metadata: expect.anything() as object });
});

test('the output can hold base64 instead of URLs', async () => {
	onSubmit({ type: 'outputShape', shape: 'data-b64' });
	const { id, output } = await run(simulator, { n: 2 });
	const images = [await simulator.imageFor(id, 0), await simulator.imageFor(id, 1)];
	expect(output?.data?.map((each) => each.b64_json)).toEqual(images.map((image) => image.toString('base64')));
});

test('the output can name the same image several times', async () => {
	onSubmit({ type: 'outputShape', shape: 'duplicates' });
	const { output } = await run(simulator, { n: 2 });
	expect(output?.urls).toHaveLength(4);
	expect(new Set(output?.urls)).toEqual(new Set(simulator.jobs[0]?.imageUrls));
	expect(output?.images).toHaveLength(2);
});

test('a replay creates no job, so the fault waits for the next one that is created', async () => {
	await run(simulator, { idempotency_key: 'k' });
	onSubmit({ type: 'job', status: 'failed' });
	expect(jobOf(await submit(simulator, { idempotency_key: 'k' })).status).toBe('succeeded');
	expect((await run(simulator)).status).toBe('failed');
});

test('several faults can meet in one job', async () => {
	onSubmit({ type: 'notFoundFor', ms: 200 });
	onSubmit({ type: 'outputShape', shape: 'urls' });
	const { id } = jobOf(await submit(simulator));
	expect((await poll(simulator, id)).status).toBe(404);
	const { output } = await pollUntil(simulator, id, (job) => job.output !== null);
	expect(output?.urls).toHaveLength(1);
	expect(simulator.requests[0]?.fault).toBe('notFoundFor+outputShape');
});
