import fc from 'fast-check';

import { pause } from '../../nodes/shared/clock';
import { KymaError } from '../../nodes/shared/errors';
import { toRetryAfterMs } from '../../nodes/shared/request';
import { POLICIES, getBackoffMs, retry } from '../../nodes/shared/retry';
import type { Attempt, Policy } from '../../nodes/shared/retry';

const never = new AbortController().signal;
const error = new KymaError('submitFailed', { reason: 'the connection was refused' });
const fault: Attempt<never> = { retry: 'fault', error };
const throttled: Attempt<never> = { retry: 'throttled', error };
const policy: Policy = { maxAttempts: 3, initialBackoffMs: 500, maxBackoffMs: 8_000, attemptTimeoutMs: 1_000 };

type Played = { value?: unknown; thrown?: unknown; tookMs?: number; triedAt: number[]; timeoutsMs: number[] };

/** Plays answers on the faked clock, the last one again and again; each try takes `tryMs`, or its timeout. */
async function play(answers: Array<Attempt<string>>, { deadlineMs = 60_000, random = 1, tryMs = 0, signal = never, limits = policy } = {}) {
	const startedAt = Date.now();
	const played: Played = { triedAt: [], timeoutsMs: [] };
	const bounds = { policy: limits, deadline: startedAt + deadlineMs, signal, random: () => random };
	const run = retry(bounds, async (getTimeoutMs) => {
		const timeoutMs = getTimeoutMs();
		played.triedAt.push(Date.now() - startedAt);
		played.timeoutsMs.push(timeoutMs);
		if (tryMs > 0) await pause(Math.min(tryMs, timeoutMs), never);
		return answers[played.triedAt.length - 1] ?? (answers.at(-1) as Attempt<string>);
	});
	void run.then(
		(value) => Object.assign(played, { value, tookMs: Date.now() - startedAt }),
		(thrown: unknown) => Object.assign(played, { thrown, tookMs: Date.now() - startedAt }),
	);
	await jest.advanceTimersByTimeAsync(2 * deadlineMs + 10_000);
	return played;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a first success is returned without waiting', async () => {
	await expect(play([{ value: 'job' }])).resolves.toMatchObject({ value: 'job', tookMs: 0, triedAt: [0] });
});

test('faults are tried again as often as the policy says, then their own error ends it', async () => {
	const { triedAt, thrown } = await play([fault]);
	expect(triedAt).toEqual([0, 500, 1_500]);
	expect(thrown).toBe(error);
});

test('a success after faults ends the tries', async () => {
	await expect(play([fault, fault, { value: 'job' }])).resolves.toMatchObject({ value: 'job', triedAt: [0, 500, 1_500] });
});

test('answers of 429 do not count as tries: only the deadline ends them', async () => {
	const { triedAt, thrown } = await play([throttled], { deadlineMs: 60_000 });
	expect(triedAt.length).toBeGreaterThan(policy.maxAttempts + 5);
	expect(thrown).toBe(error);
});

test('faults are counted across 429s between them', async () => {
	const { triedAt } = await play([fault, throttled, throttled, fault, throttled, fault]);
	expect(triedAt).toHaveLength(6);
});

test('Retry-After is the least that is waited, the backoff comes on top', async () => {
	const { triedAt } = await play([{ ...throttled, afterMs: 3_000 }, { value: 'job' }], { random: 0.5 });
	expect(triedAt).toEqual([0, 3_250]);
});

test.each([5_000, 5_001, 86_400_000])('a Retry-After of %d ms that reaches the deadline ends it at once', async (afterMs) => {
	await expect(play([{ ...throttled, afterMs }], { deadlineMs: 5_000 })).resolves.toMatchObject({ thrown: error, tookMs: 0 });
});

test('the last wait is clipped to the deadline, for one last try', async () => {
	const limits = { ...policy, attemptTimeoutMs: 2_000 };
	const { triedAt, tookMs, timeoutsMs } = await play([fault], { deadlineMs: 1_200, limits });
	expect([triedAt, tookMs]).toEqual([[0, 500, 1_200], 1_200]);
	expect(timeoutsMs).toEqual([1_200, 1_000, 1_000]);
});

test.each([
	[100_000, 300_000, 100_000],
	[100_000, 20_000, 20_000],
	[100_000, 10, 1_000],
	[100_000, -5, 1_000],
	[200, 10, 200],
])('a try of a policy of %d ms with %d ms left may take %d ms', async (attemptTimeoutMs, deadlineMs, expected) => {
	const { timeoutsMs } = await play([{ value: 'job' }], { deadlineMs, limits: { ...policy, attemptTimeoutMs } });
	expect(timeoutsMs).toEqual([expected]);
});

test('all tries and waits together end by the deadline and the second that the last try may take', async () => {
	const answer = fc.oneof(
		fc.constant<Attempt<string>>(fault),
		fc.nat({ max: 20_000 }).map((afterMs): Attempt<string> => ({ ...throttled, afterMs })),
		fc.nat({ max: 20_000 }).map((afterMs): Attempt<string> => ({ ...fault, afterMs })),
	);
	const arbitrary = fc.record({
		deadlineMs: fc.nat({ max: 20_000 }),
		random: fc.double({ min: 0.05, max: 1, noNaN: true }),
		tryMs: fc.integer({ min: 1, max: 2_000 }),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 8 }), arbitrary, async (answers, how) => {
			const { tookMs } = await play(answers, how);
			expect(tookMs).toBeLessThanOrEqual(how.deadlineMs + 1_000);
		}),
		{ numRuns: 30 },
	);
});

test('Stop ends the wait within 150 ms and says so, with what is known of the job', async () => {
	const stop = new AbortController();
	const bounds = { policy, deadline: Date.now() + 60_000, signal: stop.signal, facts: { jobId: 'f3a9' }, random: () => 1 };
	const startedAt = Date.now();
	const stopped = retry(bounds, async () => await Promise.resolve({ ...fault, afterMs: 30_000 })).catch((caught: unknown) => [
		caught,
		Date.now(),
	]);
	await jest.advanceTimersByTimeAsync(1_000);
	stop.abort();
	await jest.advanceTimersByTimeAsync(1_000);
	const [caught, endedAt] = (await stopped) as [KymaError, number];
	expect(caught).toMatchObject({ kind: 'canceled', facts: { jobId: 'f3a9' } });
	expect(endedAt - startedAt).toBeLessThanOrEqual(1_150);
});

test('after Stop nothing is tried again, and a success that has come is kept', async () => {
	const signal = AbortSignal.abort();
	await expect(play([fault], { signal })).resolves.toMatchObject({ triedAt: [0], thrown: { kind: 'canceled' } });
	await expect(play([{ value: 'job' }], { signal })).resolves.toMatchObject({ value: 'job' });
});

test('Stop during the last try is a stop, not the fault that came of it', async () => {
	const limits = { ...policy, maxAttempts: 1 };
	await expect(play([fault], { signal: AbortSignal.abort(), limits })).resolves.toMatchObject({ thrown: { kind: 'canceled' } });
});

test('what a try throws is final', async () => {
	const refused = new KymaError('keyRefused', { httpCode: 401 });
	const bounds = { policy, deadline: Date.now() + 60_000, signal: never };
	const attempt = jest.fn(async () => await Promise.reject<Attempt<string>>(refused));
	await expect(retry(bounds, attempt)).rejects.toBe(refused);
	expect(attempt).toHaveBeenCalledTimes(1);
});

test('a backoff is a random share of an interval that doubles up to its maximum', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, random) => {
			const ceilingMs = Math.min(8_000, 500 * 2 ** (tries - 1));
			expect(getBackoffMs(policy, tries, random)).toBe(random * ceilingMs);
		}),
	);
});

test('only a poll, which is free, may be repeated without end', () => {
	const { submit, poll, download } = POLICIES;
	expect([submit, poll, download].map(({ maxAttempts }) => Number.isFinite(maxAttempts))).toEqual([true, false, true]);
});

const now = Date.parse('2026-04-25T10:00:00.000Z');

test.each([
	['0', 0],
	['1', 1_000],
	['5', 5_000],
	[' 5 ', 5_000],
	['1.5', 1_500],
	['86400', 86_400_000],
	['-5', 0],
	['Sat, 25 Apr 2026 10:00:07 GMT', 7_000],
	['Sat, 25 Apr 2026 09:59:00 GMT', 0],
	['Saturday, 25-Apr-26 10:00:07 GMT', 7_000],
])('a Retry-After of "%s" is %d ms', (header, expected) => {
	expect(toRetryAfterMs(header, now)).toBe(expected);
});

test.each([undefined, '', ' ', 'soon', '5 seconds', '5s', 'in 5', '5, 10', '1e400', 'Infinity', 'NaN', '0x10', '{}', 'null'])(
	'a Retry-After of %j says nothing',
	(header) => {
		expect(toRetryAfterMs(header, now)).toBeUndefined();
	},
);

test('any Retry-After gives a wait that can be waited, or none', () => {
	fc.assert(
		fc.property(fc.string(), (header) => {
			const delayMs = toRetryAfterMs(header, now) ?? 0;
			expect(Number.isFinite(delayMs) && delayMs >= 0).toBe(true);
		}),
	);
});
