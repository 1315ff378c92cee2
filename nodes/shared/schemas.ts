import z from 'zod';

/** The words of Kyma's `status`, documented ones first, then those that public clients of the API also handle. */
const PENDING = ['pending', 'processing'] as const;
const FAILED = ['failed', 'refunded', 'expired', 'cancelled', 'error'] as const;

export type PendingStatus = (typeof PENDING)[number];
export type FailedStatus = (typeof FAILED)[number];
/** `unknown` stands for a word that is in neither list: it ends the wait with a clear error. */
export type JobStatus = PendingStatus | FailedStatus | 'succeeded' | 'unknown';

/** Where one image of a job is: at an address, or in the answer itself. */
export type ImageSource = { url: string } | { base64: string };

/** A job as the rest of the code sees it; `raw` is the API's own object, untouched. */
export type Job = {
	/** Absent when a provider answered at once in the OpenAI shape: there is nothing to poll then. */
	id?: string;
	status: JobStatus;
	/** The API's own word, for messages. */
	statusText: string;
	model?: string;
	createdAt?: string;
	completedAt?: string;
	images: ImageSource[];
	/** Why the job failed, in the API's words. */
	reason?: string;
	/** Hold placed at submit, USD. */
	estimatedCostUsd: number | null;
	/** What was billed, USD; null until the job succeeded. */
	chargedUsd: number | null;
	raw: Record<string, unknown>;
};

const text = z.string().trim().min(1).optional().catch(undefined);
const amount = z.number().finite().nonnegative().nullable().catch(null).default(null);
const record = z.record(z.unknown());
const list = z.array(z.unknown()).catch([]);

const jobSchema = z
	.object({
		id: z.string().trim().min(1),
		status: z.string(),
		model: text,
		created_at: text,
		completed_at: text,
		output: z.unknown(),
		error: z.unknown(),
		estimated_cost: amount,
		charged_amount: amount,
	})
	.passthrough();

/** Images and no job; an answer that speaks of a failure or of a job under way is not one. */
const immediateSchema = z
	.object({ data: z.array(z.unknown()).min(1), status: z.literal('succeeded').optional(), error: z.null().optional() })
	.passthrough();

/** One entry of any documented or seen output list: a bare address, `{url}` or `{b64_json}`. */
function toImageSource(entry: unknown): ImageSource | undefined {
	const { url, b64_json: base64 } = typeof entry === 'string' ? { url: entry, b64_json: undefined } : (record.safeParse(entry).data ?? {});
	if (typeof url === 'string' && url.trim()) return toInline(url.trim()) ?? { url: url.trim() };
	if (typeof base64 === 'string' && base64) return toInline(base64) ?? { base64 };
	return undefined;
}

/** A data URL carries the image itself; other addresses are left alone. */
function toInline(url: string): ImageSource | undefined {
	const base64 = /^data:[^,]*;base64,(.+)$/is.exec(url)?.[1];
	return base64 === undefined ? undefined : { base64 };
}

/**
 * The images of a job's `output`, in order and without duplicates. The shape for several images is not
 * documented, so every shape in kyma-api.md is taken: `url`, `urls[]`, `images[]`, `data[]`.
 */
export function toImageSources(output: unknown): ImageSource[] {
	if (typeof output === 'string') return toImageSources({ url: output });
	const entries = Array.isArray(output) ? output : listEntries(record.safeParse(output).data ?? {});
	const unique = new Map<string, ImageSource>();
	for (const entry of entries) {
		const source = toImageSource(entry);
		if (source) unique.set('url' in source ? source.url : source.base64, source);
	}
	return [...unique.values()];
}

const listEntries = (output: Record<string, unknown>): unknown[] => [
	{ url: output.url },
	...list.parse(output.urls),
	...list.parse(output.images),
	...list.parse(output.data),
	{ b64_json: output.b64_json },
];

/** What a key of Kyma looks like: should an answer ever repeat one, it goes no further. */
const KEY = /\b(ky|kyma|km)-[\w-]{6,}/g;
/** The API's words fit a message; a page of them does not. */
const MAX_REASON_LENGTH = 500;

const toWords = (text: unknown): string | undefined =>
	typeof text === 'string' && text.trim() !== '' ? text.trim().replace(KEY, '$1-…').slice(0, MAX_REASON_LENGTH) : undefined;

/** `error` of a job or of a refused request may be an object, a plain string or null. */
export function toReason(error: unknown): string | undefined {
	const fields = record.safeParse(error).data;
	return toWords(error) ?? toWords(fields?.message) ?? toWords(fields?.code);
}

const isOneOf = <T extends string>(words: readonly T[], word: string): word is T => (words as readonly string[]).includes(word);

function toStatus(word: string): JobStatus {
	const known = word === 'succeeded' || isOneOf(PENDING, word) || isOneOf(FAILED, word);
	return known ? word : 'unknown';
}

export const isPending = (status: JobStatus): status is PendingStatus => isOneOf(PENDING, status);
export const hasFailed = (status: JobStatus): status is FailedStatus => isOneOf(FAILED, status);

/** A job object as `POST /images/generations` and `GET /jobs/{id}` answer it; undefined when it is not one. */
export function parseJob(body: unknown): Job | undefined {
	const { data: job } = jobSchema.safeParse(body);
	if (!job) return undefined;
	return {
		id: job.id,
		status: toStatus(job.status),
		statusText: job.status,
		model: job.model,
		createdAt: job.created_at,
		completedAt: job.completed_at,
		images: toImageSources(job.output),
		reason: toReason(job.error),
		estimatedCostUsd: job.estimated_cost,
		chargedUsd: job.charged_amount,
		raw: body as Record<string, unknown>,
	};
}

/** The OpenAI-shaped answer some providers give at once, seen in the wild: images and no job. */
function parseImmediate(body: unknown): Job | undefined {
	const { data: answer } = immediateSchema.safeParse(body);
	const images = toImageSources({ data: answer?.data });
	if (!answer || images.length === 0) return undefined;
	const raw = body as Record<string, unknown>;
	return { status: 'succeeded', statusText: 'succeeded', images, estimatedCostUsd: null, chargedUsd: null, raw };
}

/** What a submit may answer: a job, or the images themselves. */
export const parseSubmitted = (body: unknown): Job | undefined => parseJob(body) ?? parseImmediate(body);

/** The API's words in an error body `{"error":{"message","type","code"}}`; a proxy may answer anything else. */
export function parseErrorBody(body: unknown): { message?: string; code?: string } {
	const error = record.safeParse(body).data?.error;
	const code = record.safeParse(error).data?.code;
	return { message: toReason(error), ...(typeof code === 'string' && { code }) };
}
