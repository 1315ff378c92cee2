import { chargeUsd, holdUsd, releaseUsd } from './account';
import { costUsdOf } from './cost';
import { findModel } from './models';
import type { ModelRow } from './models';
import { neverEnds } from './plan';
import type { JobPlan } from './plan';
import { randomHex } from './random';
import { loadSources } from './sources';
import type { Source, SourceFailure } from './sources';
import { formatOf } from './render/encode';
import { tierRow } from './tiers';
import type { Job, SubmitRequest } from './types';
import { wait } from './world';
import type { World } from './world';

/** A job with what its client may not see. */
export type JobRecord = {
	job: Job;
	request: SubmitRequest;
	model: ModelRow;
	plan: JobPlan;
	/** Decoded and scaled down: what edits are drawn from. */
	sources: Source[];
	createdAtMs: number;
	completedAtMs?: number;
};

const replayId = (apiKey: string, idempotencyKey: string) => `${apiKey}\n${idempotencyKey}`;

/** The job an idempotency key already stands for. */
export function findReplay(world: World, apiKey: string, key?: string): JobRecord | undefined {
	return key === undefined ? undefined : world.replays.get(replayId(apiKey, key));
}

function newJob(world: World, apiKey: string, request: SubmitRequest, body: unknown): Job {
	return {
		id: randomHex(world.random, 24),
		idempotencyKey: request.idempotencyKey,
		status: 'pending',
		model: request.model,
		request: body,
		estimatedCostUsd: costUsdOf(request),
		chargedUsd: null,
		createdAt: new Date().toISOString(),
		completedAt: null,
		error: null,
		imageUrls: [],
		imageFetches: 0,
		replays: 0,
		apiKey,
		sources: [],
	};
}

type NewJob = { apiKey: string; request: SubmitRequest; body: unknown; plan: JobPlan };

/** Enters a job in the ledger and holds its price; it does not run yet. */
export function enterJob(world: World, { apiKey, request, body, plan }: NewJob): JobRecord {
	const job = newJob(world, apiKey, request, body);
	const model = findModel(request.model)!;
	const record = { job, request, model, plan, sources: [], createdAtMs: performance.now() };
	world.jobs.push(job);
	world.records.set(job.id, record);
	if (job.idempotencyKey) world.replays.set(replayId(apiKey, job.idempotencyKey), record);
	holdUsd(world, job.estimatedCostUsd);
	return record;
}

/** Puts a job in its account's queue. */
export function queueJob(world: World, record: JobRecord): void {
	if (record.plan.endStatus === 'pending') return;
	laneOf(world, record.job.apiKey).queue.push(record);
	startQueued(world, record.job.apiKey);
}

function laneOf(world: World, apiKey: string) {
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
	if (!world.records.has(record.job.id)) return;
	laneOf(world, record.job.apiKey).running -= 1;
	startQueued(world, record.job.apiKey);
}

function durationMsOf(world: World, { model, request }: JobRecord): number {
	const { jobDurationMs, speed } = world.settings;
	if (jobDurationMs !== undefined) return jobDurationMs;
	const { latency } = model;
	const [from, to, images] =
		'low' in latency ? [...latency[request.quality], request.n] : [...latency, 1];
	return (from + (to - from) * world.random()) * images * 1000 * speed;
}

/** From processing to the end the plan has for it. Fetches the sources first, as the real one must. */
export async function runJob(world: World, record: JobRecord, durationMs: number): Promise<void> {
	record.job.status = 'processing';
	const [failure] = await Promise.all([
		loadSources(record, world.settings.imageLongSidePx),
		wait(world, durationMs),
	]);
	if (neverEnds(record.plan)) await new Promise(() => {});
	if (world.records.get(record.job.id) === record) settle(world, record, failure);
}

function settle(world: World, record: JobRecord, failure?: SourceFailure): void {
	const { job, plan } = record;
	job.status = failure ? 'failed' : plan.endStatus;
	job.error = failure ?? plan.error;
	job.completedAt = new Date().toISOString();
	record.completedAtMs = performance.now();
	releaseUsd(world, job.estimatedCostUsd);
	if (job.status !== 'succeeded') return;
	chargeUsd(world, job.estimatedCostUsd);
	job.chargedUsd = job.estimatedCostUsd;
	job.imageUrls = imageUrlsOf(world, record);
}

function imageUrlsOf(world: World, { job, model, request }: JobRecord): string[] {
	const extension = formatOf(model, request).extension;
	return Array.from(
		{ length: request.n },
		(_, index) => `${world.imageOrigin}/images/${job.id}/${index}.${extension}`,
	);
}
