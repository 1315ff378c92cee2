import type { KymaError } from '../../nodes/shared/errors';
import type { Session } from '../../nodes/shared/job';
import { parseJob } from '../../nodes/shared/schemas';
import type { Job } from '../../nodes/shared/schemas';
import { fetchJob, waitForJob } from '../../nodes/shared/wait';
import { buildSession as buildTold } from './session';
import type { Answer } from './session';

const output = { url: 'https://cdn.example/a.png' };
const buildBody = (status: string, more = {}) => ({ id: 'f3a9', status, model: 'nano-banana', output: null, ...more });
const submitted = parseJob(buildBody('pending')) as Job;
const done = { body: buildBody('succeeded', { output }) };
const pending = { body: buildBody('processing') };
const notFound = { statusCode: 404, body: { error: { message: 'Not found' } } };
const broken = { statusCode: 503, body: '<html>' };

let askedAt: number[] = [];
let startedAt = 0;

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
	askedAt = [];
	startedAt = Date.now();
});
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

/** An API that answers by the time since the start. */
const buildSession = (answerAt: (elapsedMs: number) => Answer, signal?: AbortSignal) =>
	buildTold(() => {
		askedAt.push(Date.now() - startedAt);
		return answerAt(Date.now() - startedAt);
	}, signal);

type Outcome = { job?: Job; error?: KymaError; tookMs?: number };

async function watch(work: Promise<Job>, withinMs = 400_000): Promise<Outcome> {
	const outcome: Outcome = {};
	void work.then(
		(job) => Object.assign(outcome, { job, tookMs: Date.now() - startedAt }),
		(error: KymaError) => Object.assign(outcome, { error, tookMs: Date.now() - startedAt }),
	);
	for (let passedMs = 0; passedMs < withinMs && outcome.tookMs === undefined; passedMs += 1_000) await jest.advanceTimersByTimeAsync(1_000);
	return outcome;
}

const wait = async (session: Session, timeoutMs: number, job = submitted) =>
	await watch(waitForJob(session, job, { timeoutMs, deadline: Date.now() + timeoutMs }));

const toGaps = (times: number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

test('a job that is over already is not asked for', async () => {
	const job = parseJob(done.body) as Job;
	await expect(
		wait(
			buildSession(() => done),
			330_000,
			job,
		),
	).resolves.toMatchObject({ job, tookMs: 0 });
	expect(askedAt).toEqual([]);
});

test.each([500, 3_000, 10_000, 29_000])('a job of %d ms is looked at no more than once a second and two times more', async (durationMs) => {
	const { job } = await wait(
		buildSession((elapsedMs) => (elapsedMs < durationMs ? pending : done)),
		330_000,
	);
	expect(job?.status).toBe('succeeded');
	expect(askedAt.length).toBeLessThanOrEqual(durationMs / 1_000 + 2);
	expect(toGaps(askedAt).filter((gapMs) => gapMs < 1_000)).toEqual([]);
});

test('after half a minute the looks come every two seconds', async () => {
	await wait(
		buildSession((elapsedMs) => (elapsedMs < 60_000 ? pending : done)),
		330_000,
	);
	const late = toGaps(askedAt.filter((at) => at > 31_000));
	expect(late.length).toBeGreaterThan(10);
	expect(late.filter((gapMs) => gapMs < 2_000 || gapMs > 2_150)).toEqual([]);
});

test.each([1_000, 1_050, 5_000, 40_000])(
	'a job that never ends times out after %d ms, with its ID and the last word on it',
	async (timeoutMs) => {
		const { error, tookMs } = await wait(
			buildSession(() => pending),
			timeoutMs,
		);
		expect(error).toMatchObject({ kind: 'timedOut', facts: { jobId: 'f3a9', status: 'processing', charged: 'unknown' } });
		expect(tookMs).toBe(timeoutMs);
	},
);

test('the last wait is clipped, so that a job which ends by the deadline is still delivered', async () => {
	const { job, tookMs } = await wait(
		buildSession((elapsedMs) => (elapsedMs < 4_990 ? pending : done)),
		5_000,
	);
	expect([job?.status, tookMs]).toEqual(['succeeded', 5_000]);
});

test.each([
	['a server that fails', broken],
	['a network that is down', { code: 'ECONNRESET' }],
	['a proxy that answers web pages', { body: '<html>' }],
])('%s does not end the wait before its deadline', async (_fault, answer) => {
	const { job } = await wait(
		buildSession((elapsedMs) => (elapsedMs < 20_000 ? answer : done)),
		60_000,
	);
	expect(job?.status).toBe('succeeded');
});

test('a server that fails to the end is a timeout with the job ID, at the deadline', async () => {
	const { error, tookMs } = await wait(
		buildSession(() => broken),
		10_000,
	);
	expect(error).toMatchObject({ kind: 'timedOut', facts: { jobId: 'f3a9' } });
	expect(tookMs).toBeLessThanOrEqual(11_000);
});

test('a Retry-After is obeyed by polls', async () => {
	const throttled = { statusCode: 429, headers: { 'retry-after': '5' }, body: {} };
	await wait(
		buildSession((elapsedMs) => (elapsedMs < 1_000 ? throttled : done)),
		60_000,
	);
	expect(toGaps(askedAt)[0]).toBeGreaterThanOrEqual(5_000);
});

test('a Retry-After beyond the deadline is not waited for', async () => {
	const throttled = { statusCode: 429, headers: { 'retry-after': '60' }, body: {} };
	const { error, tookMs } = await wait(
		buildSession(() => throttled),
		10_000,
	);
	expect(error?.kind).toBe('timedOut');
	expect(tookMs).toBeLessThan(1_000);
});

test.each([401, 403, 400])('HTTP %d on a poll ends the wait at once, with the job ID', async (statusCode) => {
	const { error } = await wait(
		buildSession(() => ({ statusCode, body: {} })),
		60_000,
	);
	expect(error).toMatchObject({ kind: 'pollRefused', facts: { jobId: 'f3a9' } });
	expect(askedAt).toHaveLength(1);
});

test('a job that Kyma does not know yet is looked for a few seconds', async () => {
	const { job } = await wait(
		buildSession((elapsedMs) => (elapsedMs < 5_000 ? notFound : done)),
		60_000,
	);
	expect(job?.status).toBe('succeeded');
});

test('a job that Kyma never comes to know is given up after eight seconds', async () => {
	const { error, tookMs } = await watch(
		fetchJob(
			buildSession(() => notFound),
			'f3a9',
			Date.now() + 60_000,
		),
	);
	expect(error).toMatchObject({ kind: 'jobNotFound', facts: { jobId: 'f3a9' } });
	expect(tookMs).toBe(8_000);
});

test('the deadline of the wait counts also for a job that is not found', async () => {
	const { tookMs } = await watch(
		fetchJob(
			buildSession(() => notFound),
			'f3a9',
			Date.now() + 2_000,
		),
	);
	expect(tookMs).toBe(2_000);
});

test('looks for a job that is not found are a second apart too', async () => {
	await watch(
		fetchJob(
			buildSession(() => notFound),
			'f3a9',
			Date.now() + 60_000,
		),
	);
	expect(
		toGaps(askedAt)
			.slice(0, -1)
			.filter((gapMs) => gapMs < 1_000),
	).toEqual([]);
});

test('success without an image is looked at again until the image is there', async () => {
	const empty = { body: buildBody('succeeded') };
	const { job } = await wait(
		buildSession((elapsedMs) => (elapsedMs < 5_000 ? empty : done)),
		60_000,
	);
	expect(job?.images).toEqual([output]);
});

test('success that never has an image is given up after fifteen seconds, as charged', async () => {
	const { error, tookMs } = await wait(
		buildSession(() => ({ body: buildBody('succeeded', { output: {} }) })),
		60_000,
	);
	expect([error?.kind, error?.charged, error?.facts.jobId]).toEqual(['noImage', true, 'f3a9']);
	expect(tookMs).toBeLessThan(17_000);
});

test('a status that nobody knows ends the wait instead of turning it endless', async () => {
	const { job } = await wait(
		buildSession(() => ({ body: buildBody('levitating') })),
		60_000,
	);
	expect(job).toMatchObject({ status: 'unknown', statusText: 'levitating' });
	expect(askedAt).toHaveLength(1);
});

test.each(['../credits', 'a/b', '..', '', 'x'.repeat(201)])('a job that calls itself "%s" is never asked for', async (id) => {
	const { error } = await wait(
		buildSession(() => done),
		60_000,
		{ ...submitted, id },
	);
	expect(error?.kind).toBe('badAnswer');
	expect(askedAt).toEqual([]);
});

test('what the run learns while a job waits decides its next look', async () => {
	const session = buildSession((elapsedMs) => (elapsedMs < 4_600 ? pending : done));
	const options = {
		timeoutMs: 60_000,
		deadline: Date.now() + 60_000,
		getLearnedMs: () => (Date.now() > startedAt + 1_000 ? 4_600 : undefined),
	};
	const { tookMs } = await watch(waitForJob(session, submitted, options));
	expect(tookMs).toBeLessThanOrEqual(4_700);
});

test('Stop ends the wait within 150 ms, with the job ID', async () => {
	const stop = new AbortController();
	const session = buildSession((elapsedMs) => (elapsedMs > 3_000 ? (stop.abort(), pending) : pending), stop.signal);
	const { error, tookMs } = await wait(session, 60_000);
	expect(error).toMatchObject({ kind: 'canceled', facts: { jobId: 'f3a9' } });
	expect((tookMs ?? Infinity) - (askedAt.at(-1) ?? 0)).toBeLessThanOrEqual(150);
});
