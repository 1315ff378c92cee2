import { getPollingDelayMs } from '../../nodes/shared/polling';
import { createRandom } from '../simulator/random';
import { summarize } from './stats';
import type { Stat } from './stats';

const DURATIONS_S = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60, 90, 120];
const JOBS = 500;
/** Between sending a poll and having its answer. */
const ROUND_TRIP_MS = 20;

/** Polls of jobs of one duration in simulated time; no request is sent. */
export type Cadence = { jobMs: number; isKnown: boolean; polls: Stat; lagMs: Stat; minGapMs: number };

type Outcome = { polls: number; lagMs: number; minGapMs: number };

function simulateJob(jobMs: number, typicalMs: number | undefined, random: () => number): Outcome {
	let elapsedMs = 0;
	let minGapMs = Infinity;
	for (let polls = 0; ; polls += 1) {
		const delayMs = getPollingDelayMs({ elapsedMs, polls, typicalMs, random: random() });
		if (polls > 0) minGapMs = Math.min(minGapMs, delayMs);
		elapsedMs += delayMs + ROUND_TRIP_MS;
		if (elapsedMs >= jobMs) return { polls: polls + 1, lagMs: elapsedMs - jobMs, minGapMs };
	}
}

function simulateJobs(jobMs: number, isKnown: boolean): Cadence {
	const random = createRandom(1);
	const outcomes = Array.from({ length: JOBS }, () => simulateJob(jobMs, isKnown ? jobMs : undefined, random));
	return {
		jobMs,
		isKnown,
		polls: summarize(outcomes.map(({ polls }) => polls)),
		lagMs: summarize(outcomes.map(({ lagMs }) => lagMs)),
		minGapMs: Math.min(...outcomes.map(({ minGapMs }) => minGapMs), Number.MAX_SAFE_INTEGER),
	};
}

/**
 * How often jobs of 0 to 120 s are asked for, and how late their end is noticed: for a model whose typical duration is
 * unknown, and for one that `models.ts` knows to take that long.
 */
export const simulateCadence = (): Cadence[] =>
	[false, true].flatMap((isKnown) => DURATIONS_S.map((seconds) => simulateJobs(seconds * 1000, isKnown)));
