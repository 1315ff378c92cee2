import { sleep } from 'n8n-workflow';

import { generate, getJob, useSimulator } from './kyma';

const bench = useSimulator();
const { run, count } = bench;
const inputs = (length: number) => Array.from({ length }, (_, n) => ({ json: { n } }));

/** Presses Stop once `isDue`, and measures how long the run then takes to end, milliseconds. */
async function stopWhen(isDue: () => boolean, parameters = generate(), length = 1) {
	let stoppedAt = 0;
	const onStart = async (stop: () => void) => {
		while (!isDue()) await sleep(5);
		stoppedAt = performance.now();
		stop();
	};
	const outcome = await run(parameters, { input: inputs(length), onStart: (stop) => void onStart(stop) });
	return { ...outcome, tookMs: performance.now() - stoppedAt };
}

test('Stop during the wait ends the run within 300 ms', async () => {
	bench.kyma.configure({ jobDurationMs: 60_000 });
	const { run: execution, tookMs } = await stopWhen(() => count('poll') > 0);
	expect(tookMs).toBeLessThan(300);
	expect(execution.status).toBe('canceled');
});

test('Stop submits nothing more and leaves no request open', async () => {
	bench.kyma.configure({ jobDurationMs: 60_000 });
	await stopWhen(() => count('submit') >= 3, generate({ maxConcurrency: 3 }), 20);
	const submits = count('submit');
	await sleep(1_500);
	expect(count('submit')).toBe(submits);
	expect(bench.kyma.requests.filter(({ finishedAt }) => finishedAt === undefined)).toEqual([]);
});

test('Stop during a poll that is never answered closes the connection', async () => {
	bench.kyma.configure({ jobDurationMs: 60_000 });
	bench.kyma.addFault({ on: 'poll', kind: { type: 'hang' }, times: Infinity });
	const { tookMs } = await stopWhen(() => count('poll') > 0);
	expect(tookMs).toBeLessThan(300);
	await sleep(200);
	expect(bench.kyma.requests.filter(({ finishedAt }) => finishedAt === undefined)).toEqual([]);
});

test('Stop during a download ends it', async () => {
	bench.kyma.configure({ imageBytes: 500_000 });
	bench.kyma.addFault({ on: 'image', kind: { type: 'slow', bytesPerSecond: 10_000 }, times: Infinity });
	const { tookMs } = await stopWhen(() => count('image') > 0);
	expect(tookMs).toBeLessThan(300);
	await sleep(200);
	expect(bench.kyma.requests.filter(({ finishedAt }) => finishedAt === undefined)).toEqual([]);
});

test('the message of a stop names the jobs in flight', async () => {
	bench.kyma.configure({ jobDurationMs: 60_000 });
	const { error } = await stopWhen(() => count('poll') >= 2, generate(), 2);
	for (const { id } of bench.kyma.jobs) expect(error?.message).toContain(id);
	expect(error?.message).toContain('canceled');
});

test('Stop while Kyma refuses new jobs says that nothing was submitted or charged', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 429, retryAfter: 30 }, times: Infinity });
	const isHeld = () => bench.kyma.requests.some(({ finishedAt = Infinity }) => performance.now() - finishedAt > 100);
	const { error, tookMs } = await stopWhen(isHeld);
	expect(tookMs).toBeLessThan(300);
	expect(error?.message).toBe('Execution canceled before this job was submitted');
	expect(error?.description).toBe('Run again when you are ready. You were not charged for this.');
});

test.each([
	['before the first submit under Max Spend', generate({ maxSpend: 1 })],
	['in List Image Models', { operation: 'listModels' }],
])('Stop while the catalog is not answered ends the run, %s', async (_, parameters) => {
	bench.kyma.addFault({ on: 'pricing', kind: { type: 'hang' } });
	bench.kyma.addFault({ on: 'registry', kind: { type: 'hang' } });
	const { run: execution, error, tookMs } = await stopWhen(() => count('pricing') + count('registry') === 2, parameters);
	expect(tookMs).toBeLessThan(300);
	expect(execution.status).toBe('canceled');
	expect(error?.description).toContain('You were not charged');
	await sleep(200);
	expect(count('submit')).toBe(0);
	expect(bench.kyma.requests.filter(({ finishedAt }) => finishedAt === undefined)).toEqual([]);
});

test('Stop in Get Image Job names the job it waited for, and speaks of no submit', async () => {
	bench.kyma.addFault({ on: 'poll', kind: { type: 'body', body: { id: 'f3a9', status: 'processing' } }, times: Infinity });
	const { error, tookMs } = await stopWhen(() => count('poll') > 0, getJob('f3a9', { waitForCompletion: true }));
	expect(tookMs).toBeLessThan(300);
	expect(error?.message).toBe('Execution canceled with jobs submitted and not delivered: f3a9');
	expect(error?.description).toContain('Run Get Image Job with this job ID');
});
