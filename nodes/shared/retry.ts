import { pause, remainingMs } from './clock';
import type { Deadline } from './clock';
import { KymaError } from './errors';
import type { Facts } from './errors';

/** How one verb is retried. Times in milliseconds. */
export type Policy = {
	/** Tries in all after faults; answers of 429 do not count, they end with the deadline. */
	maxAttempts: number;
	initialBackoffMs: number;
	maxBackoffMs: number;
	/** Bound on one try. */
	attemptTimeoutMs: number;
};

/**
 * Submit is safe to repeat under its idempotency key (Kyma: the same key returns the same job). A poll is free, so it
 * is repeated until the job's deadline. A download is repeated because the image is paid for.
 */
export const POLICIES = {
	submit: { maxAttempts: 5, initialBackoffMs: 500, maxBackoffMs: 8_000, attemptTimeoutMs: 100_000 },
	poll: { maxAttempts: Infinity, initialBackoffMs: 1_000, maxBackoffMs: 8_000, attemptTimeoutMs: 20_000 },
	download: { maxAttempts: 6, initialBackoffMs: 300, maxBackoffMs: 5_000, attemptTimeoutMs: 300_000 },
} satisfies Record<string, Policy>;

/** The least a try gets, so that the last look at the deadline is a real one; a wait ends this much late at most. */
const MIN_TRY_MS = 1_000;

/** What one try came to: a value, or a reason to try again and the error to end with when there is no other try. */
export type Attempt<T> = { value: T } | { retry: 'fault' | 'throttled'; error: KymaError; afterMs?: number };

export type RetryBounds = {
	policy: Policy;
	deadline: Deadline;
	signal: AbortSignal;
	/** What is known about the job, for the error of a stop. */
	facts?: Facts;
	random?: () => number;
};

/**
 * Exponential backoff with full jitter, milliseconds: a random share of the doubled interval, so that jobs that fail
 * together do not come back together.
 */
export const getBackoffMs = (policy: Policy, tries: number, random: number): number =>
	random * Math.min(policy.maxBackoffMs, policy.initialBackoffMs * 2 ** (tries - 1));

/**
 * Repeats `attempt` as its policy allows. `Retry-After` is a lower bound of the wait; when it reaches beyond the
 * deadline there is no point in waiting, while a backoff is clipped to the deadline for one last try.
 * @param attempt asks for the milliseconds it may take when it sends, after any wait of its own; what it throws is final
 * @throws KymaError of the last attempt, or `canceled` when the signal aborts
 */
export async function retry<T>(
	{ policy, deadline, signal, facts, random = Math.random }: RetryBounds,
	attempt: (getTimeoutMs: () => number) => Promise<Attempt<T>>,
): Promise<T> {
	const getTimeoutMs = () => Math.min(policy.attemptTimeoutMs, Math.max(MIN_TRY_MS, remainingMs(deadline)));
	let faults = 0;
	for (let tries = 1; ; tries += 1) {
		const result = await attempt(getTimeoutMs);
		if ('value' in result) return result.value;
		const known = { ...facts, charged: result.error.charged };
		throwIfStopped(signal, known);
		if (result.retry === 'fault') faults += 1;
		const { afterMs = 0 } = result;
		if (faults >= policy.maxAttempts || remainingMs(deadline) <= afterMs) throw result.error;
		const waitMs = afterMs + getBackoffMs(policy, tries, random());
		await pause(Math.min(waitMs, remainingMs(deadline)), signal);
		throwIfStopped(signal, known);
	}
}

/** @throws KymaError `canceled` when the run was stopped */
export function throwIfStopped(signal: AbortSignal, facts?: Facts): void {
	if (signal.aborted) throw new KymaError('canceled', facts);
}
