import type { JobRecord } from './jobs';
import type { OutputShape } from './plan';
import { imageBytesOf } from './render/gallery';
import type { World } from './world';

const asUrls = (urls: string[]) => urls.map((url) => ({ url }));

/** The job's images as base64, in order. */
async function toBase64(world: World, record: JobRecord): Promise<{ b64_json: string }[]> {
	return await Promise.all(
		record.job.imageUrls.map(async (_, index) => ({
			b64_json: (await imageBytesOf(world, record, index)).toString('base64'),
		})),
	);
}

type Shaper = (world: World, record: JobRecord) => object | Promise<object>;

/** Nobody documents the shape for several images; clients meet all of these. */
const SHAPERS: Record<OutputShape, Shaper> = {
	url: (_, { job }) => ({ url: job.imageUrls[0] }),
	urls: (_, { job }) => ({ urls: job.imageUrls }),
	'images-strings': (_, { job }) => ({ images: job.imageUrls }),
	'images-objects': (_, { job }) => ({ images: asUrls(job.imageUrls) }),
	'data-url': (_, { job }) => ({ data: asUrls(job.imageUrls) }),
	'data-b64': async (world, record) => ({ data: await toBase64(world, record) }),
	duplicates: (_, { job: { imageUrls } }) => ({
		url: imageUrls[0],
		urls: [...imageUrls, ...imageUrls],
		images: asUrls(imageUrls),
		data: asUrls(imageUrls),
	}),
};

const usualOutput: Shaper = (_, { job: { imageUrls } }) =>
	imageUrls.length > 1 ? { url: imageUrls[0], urls: imageUrls } : { url: imageUrls[0] };

async function toOutput(world: World, record: JobRecord): Promise<object | null> {
	const { job, plan, completedAtMs = Number.POSITIVE_INFINITY } = record;
	const ready = performance.now() >= completedAtMs + plan.outputLateMs;
	if (job.status !== 'succeeded' || !ready) return null;
	const shape = plan.shape ? SHAPERS[plan.shape] : usualOutput;
	const { size = 'auto' } = record.request;
	return { ...(await shape(world, record)), metadata: { size, count: job.imageUrls.length } };
}

/** The job as `POST /v1/images/generations` and `GET /v1/jobs/{id}` answer it. */
export async function toWireJob(world: World, record: JobRecord) {
	const { job } = record;
	return {
		id: job.id,
		object: 'image.job',
		status: job.status,
		model: job.model,
		created_at: job.createdAt,
		completed_at: job.completedAt,
		output: await toOutput(world, record),
		error: job.error,
		estimated_cost: job.estimatedCostUsd,
		charged_amount: job.chargedUsd,
	};
}

/** The answer in OpenAI's shape, without a job to poll, as some providers give it. */
export async function toImmediateAnswer(world: World, record: JobRecord) {
	const { job, plan } = record;
	const data = plan.immediate === 'b64' ? await toBase64(world, record) : asUrls(job.imageUrls);
	return { created: Math.floor(Date.parse(job.createdAt) / 1000), data };
}
