import type { INodeExecutionData } from 'n8n-workflow';

import { deadlineIn } from './clock';
import { downloadImage } from './download';
import { getTypicalMs, getUnitPriceUsd } from './catalog';
import { KymaError, raise, toKymaError } from './errors';
import { getCharged, throwIfFailed } from './job';
import { buildIdempotencyKey, toCanonicalJson, toDigest } from './key';
import { toBaseName, toImageName } from './names';
import { toElapsedMs, toItems } from './output';
import type { CollectedImage } from './output';
import { learnDuration } from './polling';
import type { Run } from './run';
import { throwIfStopped } from './retry';
import type { Job } from './schemas';
import { submitJob } from './submit';
import { fetchJob, waitForJob } from './wait';
import type { Sources, Submission, Work } from './work';

/**
 * One item's way: its place in the run → submit → wait → images → output items.
 * @throws KymaError
 */
export async function deliver(run: Run, work: Work, baseName: string, itemIndex: number): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const { target } = work;
	const job = await inPlace(run, async () =>
		'jobId' in target ? await fetchExisting(run, work, target.jobId) : await makeJob(run, work, target, itemIndex),
	);
	const images = await collectImages(run, work, job, baseName || toDefaultName(work, job, itemIndex));
	const result = { job, images, waitedMs: Date.now() - startedAt, isFirstMention: run.ledger.mention(job) };
	return toItems(work, result, itemIndex);
}

/** Takes a place among the jobs in flight for as long as the job runs, not for its downloads. */
async function inPlace(run: Run, make: () => Promise<Job>): Promise<Job> {
	await run.limiter.acquire();
	try {
		throwIfStopped(run.signal, { charged: false });
		if (run.keyRefusal) throw run.keyRefusal;
		return await make();
	} finally {
		run.limiter.release();
	}
}

/** A job that exists already: as it stands, or waited for. */
async function fetchExisting(run: Run, work: Work, jobId: string): Promise<Job> {
	const { timeoutMs, waitForCompletion } = work.delivery;
	const deadline = deadlineIn(timeoutMs);
	const job = await fetchJob(run, jobId, deadline);
	const hasLateOutput = job.status === 'succeeded' && job.images.length === 0;
	const settled = waitForCompletion || hasLateOutput ? await waitForJob(run, job, { deadline, timeoutMs }) : job;
	run.ledger.note(settled, false);
	if (waitForCompletion) throwIfFailed(settled);
	return settled;
}

/** Sets the price aside before the submit, and gives it back when the job turns out to be free. */
async function makeJob(run: Run, work: Work, submission: Submission, itemIndex: number): Promise<Job> {
	const reservation = run.budget.reserve(await estimateUsd(run, submission));
	try {
		const job = await submit(run, work, submission, itemIndex);
		reservation.hold(job.estimatedCostUsd);
		const settled = work.delivery.waitForCompletion ? await settle(run, work, submission, job) : job;
		throwIfFailed(settled);
		reservation.settle(settled.chargedUsd);
		return settled;
	} catch (caught) {
		const error = toKymaError(caught);
		if (error.charged === false) reservation.settle(0);
		if (error.kind === 'keyRefused') run.keyRefusal = new KymaError(error.kind, { ...error.facts, charged: false });
		return raise(error);
	}
}

async function submit(run: Run, work: Work, submission: Submission, itemIndex: number): Promise<Job> {
	const sources = await submission.loadSources?.(run);
	const key = toKey(run, submission, sources, itemIndex);
	const request = { ...submission.request, ...sources?.fields };
	run.memory.note(itemIndex);
	const job = await submitJob(run, request, key, deadlineIn(work.delivery.timeoutMs));
	run.memory.note(itemIndex, job.id);
	run.ledger.note(job, true);
	return job;
}

/** Waits for the job, and remembers how long its kind takes for the polls of the jobs after it. */
async function settle(run: Run, work: Work, { request, row, quality }: Submission, submitted: Job): Promise<Job> {
	const { timeoutMs } = work.delivery;
	const kind = [request.model, quality, request.n].join(' ');
	const job = await waitForJob(run, submitted, {
		timeoutMs,
		deadline: deadlineIn(timeoutMs),
		typicalMs: getTypicalMs(row, quality),
		getLearnedMs: () => run.learnedMs.get(kind),
	});
	const elapsedMs = toElapsedMs(job);
	if (elapsedMs !== undefined && job.status === 'succeeded') learnDuration(run.learnedMs, kind, elapsedMs);
	run.ledger.note(job, true);
	return job;
}

/** What the job may cost at most, USD; only asked for when there is a limit to keep. */
async function estimateUsd({ settings, getModel }: Run, { request, row, quality, imageCount }: Submission): Promise<number> {
	if (settings.maxSpendUsd === undefined) return 0;
	const unitUsd = getUnitPriceUsd(await getModel(request.model), row, quality);
	if (unitUsd === undefined) throw new KymaError('priceUnknown', { model: request.model });
	return unitUsd * imageCount;
}

/** The user's own key, or one made from where and what this wish is. */
function toKey(run: Run, submission: Submission, sources: Sources | undefined, itemIndex: number): string {
	const content = [submission.request, sources?.digest ?? null];
	const { idempotencyKey: chosen } = submission;
	if (chosen !== undefined) return claimKey(run, chosen, toDigest(toCanonicalJson(content)));
	const { context, runIndex } = run;
	return buildIdempotencyKey({
		instanceId: context.getInstanceId(),
		executionId: context.getExecutionId(),
		nodeId: context.getNode().id,
		runIndex,
		itemIndex,
		content,
	});
}

/** Kyma would answer a second wish under the same key with the first one's image. */
function claimKey({ customKeys }: Run, key: string, content: string): string {
	const claimed = customKeys.get(key) ?? content;
	const reason = 'two items ask for different images under the same key, make it an expression that differs per item';
	if (claimed !== content) throw new KymaError('parameter', { field: 'Idempotency Key', reason });
	customKeys.set(key, content);
	return key;
}

/** The images of a succeeded job, in order; all of them or, when one cannot be had, its error. */
async function collectImages(run: Run, work: Work, job: Job, base: string): Promise<CollectedImage[]> {
	if (job.status !== 'succeeded') return [];
	const facts = { jobId: job.id, status: job.statusText, model: job.model, charged: getCharged(job) };
	const collected = await Promise.allSettled(
		job.images.map(async (source, index): Promise<CollectedImage> => {
			const isWanted = work.delivery.downloadImages || 'base64' in source;
			return isWanted ? { source, stored: await downloadImage(run, source, toImageName(base, index), facts) } : { source };
		}),
	);
	return collected.map((result) => (result.status === 'fulfilled' ? result.value : raise(toKymaError(result.reason, facts))));
}

/** The model, and what tells the images of one item from those of another. */
function toDefaultName({ target }: Work, { id, model }: Job, itemIndex: number): string {
	const known = model ?? ('request' in target ? target.request.model : undefined);
	return toBaseName([known, id ?? `item-${itemIndex}`].filter(Boolean).join('-'));
}
