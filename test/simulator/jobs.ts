import { holdUsd } from './account';
import { costUsdOf } from './cost';
import { findModel } from './models';
import type { ModelRow } from './models';
import type { JobPlan } from './plan';
import { randomHex } from './random';
import type { Source } from './sources';
import type { Job, SubmitRequest } from './types';
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

/** Whether the ledger still holds this job: a reset forgets jobs that are running. */
export const isKnown = (world: World, record: JobRecord): boolean => world.records.get(record.job.id) === record;
