import { chargeUsd, releaseUsd } from './account';
import { isKnown } from './jobs';
import type { JobRecord } from './jobs';
import { neverEnds } from './plan';
import { formatOf } from './render/encode';
import { loadSources } from './sources';
import type { SourceFailure } from './sources';
import { wait } from './world';
import type { World } from './world';

/** From processing to the end the plan has for it. Fetches the sources first, as the real one must. */
export async function runJob(world: World, record: JobRecord, durationMs: number): Promise<void> {
	record.job.status = 'processing';
	const [failure] = await Promise.all([loadSources(record, world.settings.imageLongSidePx), wait(world, durationMs)]);
	if (neverEnds(record.plan)) await new Promise(() => {});
	if (isKnown(world, record)) settle(world, record, failure);
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
	return Array.from({ length: request.n }, (_, index) => `${world.imageOrigin}/images/${job.id}/${index}.${extension}`);
}
