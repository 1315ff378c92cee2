import { POLICIES } from '../../nodes/shared/retry';

/** No answer within this: the node gives a submit up, milliseconds. */
export const SUBMIT_PATIENCE_MS = 1_500;

/** Shortens what the node waits for, in this process, so that a thousand jobs take minutes; how often it tries stays. */
export function quicken(): void {
	Object.assign(POLICIES.submit, { initialBackoffMs: 30, maxBackoffMs: 300, attemptTimeoutMs: SUBMIT_PATIENCE_MS });
	Object.assign(POLICIES.poll, { initialBackoffMs: 50, maxBackoffMs: 400, attemptTimeoutMs: 1_200 });
	Object.assign(POLICIES.download, { initialBackoffMs: 30, maxBackoffMs: 300, attemptTimeoutMs: 2_000 });
}
