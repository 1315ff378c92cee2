import type { Job } from '../../nodes/shared/schemas';
import type { Api, Answer, Submitted } from './api';

export type Made = Submitted & { answer: Answer; key: string; finished?: Job; statuses: string[]; firstPoll?: Answer };

const PROMPT = 'A plain grey square on a white background';

/** Submits one job and waits for it; the answer to the first poll, right after the submit, is kept. */
async function make(api: Api, body: Record<string, unknown>): Promise<Made> {
	const key = `contract-${Date.now()}-${String(body.model)}-${String(body.n ?? 1)}-${Object.keys(body).length}`;
	const submitted = await api.submit({ prompt: PROMPT, idempotency_key: key, ...body });
	const id = submitted.job?.id;
	if (id === undefined) return { ...submitted, key, statuses: [] };
	const firstPoll = await api.get(`/jobs/${id}`);
	const { job: finished, statuses } = await api.finish(id);
	return { ...submitted, key, firstPoll, finished, statuses };
}

/** The one job that most checks look at. */
export const makeOne = async (api: Api): Promise<Made> =>
	await api.once('one', async () => await make(api, { model: api.prices.textModel, extra: { seed: 7 } }));

/** A job of two images. */
export const makeTwo = async (api: Api): Promise<Made> =>
	await api.once('two', async () => await make(api, { model: api.prices.textModel, n: 2, size: '1:1' }));

/** An edit of one source image. */
export const makeEdit = async (api: Api, name: string, imageUrl: string): Promise<Made> =>
	await api.once(name, async () => {
		const { editModel: model, editQuality: quality } = api.prices;
		return await make(api, { model, ...(quality && { quality }), prompt: 'Make it blue', image_url: imageUrl });
	});

/** What came instead of a job, in a few words. */
export function describeAnswer({ status, body }: Answer): string {
	const text = typeof body === 'string' ? 'not JSON' : JSON.stringify(body);
	return `HTTP ${status}, ${text.length > 160 ? `${text.slice(0, 160)}…` : text}`;
}
