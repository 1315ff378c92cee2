import { max, median, min } from 'simple-statistics';

import type { Traffic } from './types';

/** What is used of a request that the simulator recorded. */
export type Seen = { route: string; at: number; status?: number; jobId?: string };

const STEP_MS = 50;
const LATE_AFTER_MS = 30_000;

type Gap = { ms: number; sinceFirstMs: number };

/** Times between the polls of one job, in order; a job's first poll comes right after its submit. */
function toGaps(times: number[]): Gap[] {
	const [first = 0] = times;
	return times.slice(1).map((at, index) => ({ ms: at - (times[index] ?? at), sinceFirstMs: (times[index] ?? at) - first }));
}

/** Most requests that arrive within any window of `STEP_MS`. */
function countBusiest(times: number[]): number {
	let start = 0;
	return times.reduce((busiest, at, end) => {
		while (at - (times[start] ?? at) > STEP_MS) start += 1;
		return Math.max(busiest, end - start + 1);
	}, 0);
}

function groupByJob(polls: Seen[]): number[][] {
	const byJob = new Map<string, number[]>();
	for (const { jobId = '', at } of polls) byJob.set(jobId, [...(byJob.get(jobId) ?? []), at]);
	return [...byJob.values()];
}

const orNull = (values: number[], of: (values: number[]) => number): number | null => (values.length === 0 ? null : of(values));

/** Counts and spacing of what the simulator saw, by the times at which requests arrived. */
export function toTraffic(requests: Seen[]): Traffic {
	const submits = requests.filter(({ route }) => route === 'submit');
	const polls = requests.filter(({ route }) => route === 'poll').sort((a, b) => a.at - b.at);
	const jobs = groupByJob(polls);
	const gaps = jobs.flatMap(toGaps);
	const gapsMs = gaps.map(({ ms }) => ms);
	const lateMs = gaps.filter(({ sinceFirstMs }) => sinceFirstMs > LATE_AFTER_MS).map(({ ms }) => ms);
	// The first polls of jobs submitted together come together by design: a replayed key answers at once.
	const steadyPolls = jobs.flatMap((times) => times.slice(1)).sort((a, b) => a - b);
	return {
		submits: submits.length,
		refused: submits.filter(({ status }) => status === 429).length,
		polls: polls.length,
		maxPollsPerJob:
			orNull(
				jobs.map(({ length }) => length),
				max,
			) ?? 0,
		minGapMs: orNull(gapsMs, min),
		maxGapMs: orNull(gapsMs, max),
		lateGapMs: orNull(lateMs, median),
		inStepShare: jobs.length === 0 ? 0 : countBusiest(steadyPolls) / jobs.length,
	};
}
