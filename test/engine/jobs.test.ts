import { sleep } from 'n8n-workflow';

import { readBinary } from './engine';
import { generate, getJob, useSimulator } from './kyma';

const bench = useSimulator();
const { run, count } = bench;

test('a job submitted without waiting is fetched later, exactly as generate would have given it, at no new charge', async () => {
	const submitted = await run(generate({ waitForCompletion: false, numberOfImages: 2 }));
	const jobId = submitted.items[0]?.json.jobId as string;
	await sleep(50);
	const { items, hints } = await run(getJob(jobId), { executionId: '2' });
	expect(items.map(({ json }) => [json.jobId, json.operation, json.imageIndex])).toEqual([
		[jobId, 'getJob', 0],
		[jobId, 'getJob', 1],
	]);
	expect(await readBinary(items[1]?.binary?.data)).toEqual(await bench.kyma.imageFor(jobId, 1));
	expect(bench.kyma.jobs).toHaveLength(1);
	expect(hints).toEqual([]);
});

test('a job that is still running is returned as it stands, or waited for when asked', async () => {
	bench.kyma.configure({ jobDurationMs: 700 });
	const submitted = await run(generate({ waitForCompletion: false }));
	const jobId = submitted.items[0]?.json.jobId as string;
	const now = await run(getJob(jobId));
	expect(now.items[0]?.json.status).toBe('processing');
	expect(now.items[0]?.binary).toBeUndefined();
	const later = await run(getJob(jobId, { waitForCompletion: true }));
	expect(later.items[0]?.binary?.data?.mimeType).toBe('image/png');
});

test('a failed job is returned with its reason, and is an error only when it was waited for', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: { message: 'Refused' } } });
	await run(generate());
	const jobId = bench.kyma.jobs[0]?.id as string;
	expect((await run(getJob(jobId))).items[0]?.json).toMatchObject({ status: 'failed', failureReason: 'Refused' });
	expect((await run(getJob(jobId, { waitForCompletion: true }))).error?.message).toContain('Refused');
});

test('an unknown job is asked for during a few seconds and then said to be unknown', async () => {
	const { error } = await run(getJob('000000000000000000000000'));
	expect(error?.message).toBe('Kyma does not know a job with the ID 000000000000000000000000 [Item 0]');
	expect(error?.httpCode).toBe('404');
	expect(count('poll')).toBeGreaterThan(2);
	expect(count('poll')).toBeLessThan(10);
});

test.each([
	['nothing', { type: 'resetBefore' }, ': the connection was reset', undefined],
	['a failing server', { type: 'status', status: 503, message: 'Down' }, ' (HTTP 503): Down', '503'],
	['a web page', { type: 'html' }, ' (HTTP 200): a web page came back, perhaps from a proxy', '200'],
	['429', { type: 'status', status: 429, message: 'Slow down', retryAfter: 0 }, ' (HTTP 429): Slow down', '429'],
] as const)('a look at a job that is answered with %s until the deadline says so, with the job id', async (_, kind, words, httpCode) => {
	bench.kyma.addFault({ on: 'poll', kind, times: Infinity });
	const { error } = await run(getJob('f3a9', { timeout: 1 }));
	expect(error?.message).toBe(`Kyma gave no answer about job f3a9${words} [Item 0]`);
	expect(error?.description).toContain('Job ID: f3a9.');
	expect(error?.httpCode ?? undefined).toBe(httpCode);
});
