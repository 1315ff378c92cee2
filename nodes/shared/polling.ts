/** Earliest look at a new job: a replayed key or a very fast model answers at once. */
const FIRST_LOOK_MS = 50;
/** How far apart the first looks of jobs submitted together are, so that they never poll in step. */
const FIRST_SPREAD_MS = 200;
/** Kyma: poll every 1–2 seconds; most images take under 30 s, so it is 1 s until then and 2 s after. */
const INTERVAL_MS = 1_000;
const SLOW_INTERVAL_MS = 2_000;
const SLOW_AFTER_MS = 30_000;
/**
 * What typically takes longer than this is left alone for the first part of its time; so is what the run has learned of.
 * Half a minute at most: a job that fails early should say so.
 */
const PATIENT_FROM_MS = 15_000;
const PATIENT_SHARE = 0.4;
const PATIENT_MAX_MS = 30_000;
/** How long after its expected end a job is looked at, so that the look finds it done. */
const SETTLE_MS = 15;
/** Share of a short wait that is random, so that jobs do not come into step later. */
const JITTER = 0.02;

export type PollingState = {
	/** Milliseconds since the job was accepted. */
	elapsedMs: number;
	/** Polls sent so far. */
	polls: number;
	/** How long the model typically takes, from models.ts. */
	typicalMs?: number;
	/** The shortest time that a job of the same kind took earlier in this run, by Kyma's own clock. */
	learnedMs?: number;
	/** 0 to 1. */
	random: number;
};

/**
 * Milliseconds until the next look at a job. Pure. Between two looks at one job lie 1 to 2 s, as Kyma asks, after a
 * quiet time at first.
 * When this run has learned how long such a job takes, the look that would come just before its end waits for it.
 */
export function getPollingDelayMs({ elapsedMs, polls, typicalMs = 0, learnedMs, random }: PollingState): number {
	const spread = 1 + JITTER * random;
	const expectedMs = learnedMs ?? (typicalMs < PATIENT_FROM_MS ? 0 : typicalMs);
	const quietMs = Math.min(PATIENT_SHARE * expectedMs * spread, PATIENT_MAX_MS) - elapsedMs;
	if (polls === 0) return Math.max(FIRST_LOOK_MS + FIRST_SPREAD_MS * random, learnedMs === undefined ? 0 : quietMs);
	const untilEndMs = learnedMs === undefined ? 0 : learnedMs + SETTLE_MS * (1 + random) - elapsedMs;
	if (untilEndMs >= INTERVAL_MS && untilEndMs < SLOW_INTERVAL_MS) return untilEndMs;
	return Math.max(elapsedMs < SLOW_AFTER_MS ? INTERVAL_MS * spread : SLOW_INTERVAL_MS, quietMs);
}

/** Keeps the shortest: a job that stood in Kyma's queue for long would teach the jobs after it to look too late. */
export function learnDuration(learnedMs: Map<string, number>, kind: string, elapsedMs: number): void {
	learnedMs.set(kind, Math.min(elapsedMs, learnedMs.get(kind) ?? Infinity));
}
