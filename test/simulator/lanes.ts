import { isKnown } from './jobs';
import type { JobRecord } from './jobs';
import { runJob } from './run';
import { tierRow } from './tiers';
import type { World } from './world';

/** What one account has running and waiting. */
export type Lane = { running: number; queue: JobRecord[] };

/** Puts a job in its account's queue. */
export function queueJob(world: World, record: JobRecord): void {
	if (record.plan.endStatus === 'pending') return;
	laneOf(world, record.job.apiKey).queue.push(record);
	startQueued(world, record.job.apiKey);
}

function laneOf(world: World, apiKey: string): Lane {
	const lane = world.lanes.get(apiKey) ?? { running: 0, queue: [] };
	world.lanes.set(apiKey, lane);
	return lane;
}

/** Starts queued jobs while the account's tier has a free slot. */
export function startQueued(world: World, apiKey: string): void {
	const lane = laneOf(world, apiKey);
	while (lane.queue.length > 0 && lane.running < tierRow(world.settings.tier).concurrent) {
		lane.running += 1;
		void runInLane(world, lane.queue.shift()!);
	}
}

async function runInLane(world: World, record: JobRecord): Promise<void> {
	await runJob(world, record, durationMsOf(world, record));
	if (!isKnown(world, record)) return;
	laneOf(world, record.job.apiKey).running -= 1;
	startQueued(world, record.job.apiKey);
}

function durationMsOf(world: World, { model, request }: JobRecord): number {
	const { jobDurationMs, speed } = world.settings;
	if (jobDurationMs !== undefined) return jobDurationMs;
	const { latency } = model;
	const [from, to, images] = 'low' in latency ? [...latency[request.quality], request.n] : [...latency, 1];
	return (from + (to - from) * world.random()) * images * 1000 * speed;
}
