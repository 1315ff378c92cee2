import { POLICIES } from '../../nodes/shared/retry';

/** No answer within this: the node gives a submit up, milliseconds. */
export const SUBMIT_PATIENCE_MS = 1_500;

const QUICK = {
	submit: { initialBackoffMs: 30, maxBackoffMs: 300, attemptTimeoutMs: SUBMIT_PATIENCE_MS },
	poll: { initialBackoffMs: 50, maxBackoffMs: 400, attemptTimeoutMs: 1_200 },
	download: { initialBackoffMs: 30, maxBackoffMs: 300, attemptTimeoutMs: 2_000 },
};

const USUAL = structuredClone(POLICIES);

/**
 * Under faults the node waits less in this process, so that a thousand jobs take minutes; how often it tries stays.
 * Once the storm is over it is as patient as ever.
 */
export function setPace(isCalm: boolean): void {
	for (const verb of ['submit', 'poll', 'download'] as const) Object.assign(POLICIES[verb], isCalm ? USUAL[verb] : QUICK[verb]);
}
