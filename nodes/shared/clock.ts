import { sleep } from 'n8n-workflow';

/** Longest uninterruptible nap: n8n before 2.36 ignores the abort signal of `sleep`, so Stop is checked this often. */
const SLICE_MS = 150;

/** A moment on the clock of `Date.now()`, in milliseconds, after which nothing may be waited for. */
export type Deadline = number;

/** The deadline `durationMs` from now. */
export const deadlineIn = (durationMs: number): Deadline => Date.now() + durationMs;

/** Milliseconds left until `deadline`, never negative. */
export const remainingMs = (deadline: Deadline): number => Math.max(0, deadline - Date.now());

/**
 * Waits `durationMs`, or until the signal aborts, whichever comes first.
 * Never rejects: the caller looks at `signal.aborted`, so that one place decides what a stop means.
 */
export async function pause(durationMs: number, signal: AbortSignal): Promise<void> {
	const end = deadlineIn(durationMs);
	while (!signal.aborted && remainingMs(end) > 0) {
		await sleep(Math.min(SLICE_MS, remainingMs(end)));
	}
}

/** Settles as `work` does, or resolves to `instead` as soon as the signal aborts; `work` is left to end by itself. */
export async function orWhenAborted<T>(work: Promise<T>, signal: AbortSignal, instead: T): Promise<T> {
	let stop = () => {};
	const aborted = new Promise<T>((resolve) => {
		stop = () => resolve(instead);
		signal.addEventListener('abort', stop, { once: true });
		if (signal.aborted) stop();
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
