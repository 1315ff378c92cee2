import { createHash } from 'node:crypto';

import type { Job, Simulator } from '../simulator';
import type { Delivery } from './orders';

const toDigest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const promptOf = ({ request }: Job) => (request as { prompt?: string }).prompt ?? '';

export type Books = {
	orders: number;
	delivered: number;
	jobs: number;
	charged: number;
	chargedUsd: number;
	/** Submits that found the job of an earlier one. */
	replays: number;
	/** What is wrong, in words; empty when all is well. */
	wrong: string[];
};

function groupByPrompt(jobs: readonly Job[]): Map<string, Job[]> {
	const groups = new Map<string, Job[]>();
	for (const job of jobs) groups.set(promptOf(job), [...(groups.get(promptOf(job)) ?? []), job]);
	return groups;
}

/** Whether one caller got exactly the picture of the one job that was made, and charged, for it. */
async function auditOne(kyma: Simulator, { prompt, bytes }: Delivery, jobs: readonly Job[]): Promise<string[]> {
	const [job] = jobs;
	if (!job) return [`"${prompt}": no job was made`];
	const wrong = jobs.length > 1 ? [`"${prompt}": ${jobs.length} jobs, ${jobs.filter(({ chargedUsd }) => chargedUsd).length} charged`] : [];
	if (!bytes) return [...wrong, `"${prompt}": job ${job.id} (${job.status}) was never delivered`];
	const images = await Promise.all(jobs.filter(({ imageUrls }) => imageUrls.length > 0).map(async ({ id }) => await kyma.imageFor(id)));
	if (!images.some((image) => image.equals(bytes))) wrong.push(`"${prompt}": ${bytes.length} bytes that are not its image`);
	return wrong;
}

/** Compares what callers got with what the API made and charged: the bytes, one job each, one charge each. */
export async function audit(kyma: Simulator, deliveries: readonly Delivery[]): Promise<Books> {
	const groups = groupByPrompt(kyma.jobs);
	const findings = await Promise.all(deliveries.map(async (each) => await auditOne(kyma, each, groups.get(each.prompt) ?? [])));
	const wrong = findings.flat();
	const delivered = deliveries.flatMap(({ bytes }) => bytes ?? []);
	const pictures = new Set(delivered.map(toDigest)).size;
	// Were the pictures alike, comparing them would prove nothing.
	if (pictures < delivered.length) wrong.push(`${delivered.length} images, but only ${pictures} different ones`);
	const sumUsd = kyma.jobs.reduce((sum, { chargedUsd }) => sum + (chargedUsd ?? 0), 0);
	if (Math.abs(sumUsd - kyma.chargedUsd) > 1e-6) wrong.push(`The account was charged $${kyma.chargedUsd}, its jobs $${sumUsd}`);
	return {
		orders: deliveries.length,
		delivered: delivered.length,
		jobs: kyma.jobs.length,
		charged: kyma.jobs.filter(({ chargedUsd }) => chargedUsd !== null).length,
		chargedUsd: Number(kyma.chargedUsd.toFixed(3)),
		replays: kyma.jobs.reduce((sum, { replays }) => sum + replays, 0),
		wrong,
	};
}
