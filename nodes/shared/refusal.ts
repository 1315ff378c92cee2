import { KymaError } from './errors';
import type { Facts } from './errors';
import type { FailureKind } from './failures';
import type { Reply } from './request';
import { parseErrorBody } from './schemas';

/** What was asked for: a job by its id, or the body of a submit. */
type Asked = { jobId?: string; model?: string; [field: string]: unknown };

/** An answer that is not a job: the error to end with, and whether asking again can help. */
export type Refusal = { error: KymaError; retry?: 'fault' | 'throttled' };

/** Which parameter to change for an error code of the API (kyma-api.md, "Errors"). */
const FIELD_BY_CODE: Record<string, string> = {
	image_url_required: 'Model',
	too_many_references: 'Input Type',
	invalid_prompt: 'Prompt',
	invalid_size: 'Custom Size',
	invalid_quality: 'Quality',
};

const getField = (code: string) => (Object.hasOwn(FIELD_BY_CODE, code) ? FIELD_BY_CODE[code] : undefined);

const isDataUrl = (value: unknown): boolean => typeof value === 'string' && value.startsWith('data:');

/**
 * A data URL may not be taken by every model: a refusal that speaks of the image then has this as its likely cause,
 * unless its code names another one.
 */
function refusesDataUrl({ image_url: url, image_urls: urls }: Asked, words: string, code: string): boolean {
	const isSent = isDataUrl(url) || (Array.isArray(urls) && urls.some(isDataUrl));
	const isOther = getField(code) !== undefined && code !== 'image_url_required';
	return isSent && !isOther && /image|url|base64/i.test(`${words} ${code}`);
}

/**
 * Sorts an answer that is not a job, by kyma-api.md: 429 slows down, 5xx and unreadable answers are tried again,
 * everything else is final and says what to change. A refused look at a job says nothing about the money it takes.
 */
export function toRefusal(reply: Reply, asked: Asked): Refusal {
	const { statusCode } = reply;
	const { message, code = '' } = parseErrorBody(reply.body);
	const isRedirect = statusCode >= 300 && statusCode < 400;
	const reason = isRedirect ? 'Kyma answered with a redirect, which is not followed' : (message ?? describe(reply));
	const facts: Facts = { jobId: asked.jobId, model: asked.model, httpCode: statusCode, reason };
	const refuse = (kind: FailureKind, extra: Facts = {}) => ({ error: new KymaError(kind, { ...facts, ...extra }) });
	const isPoll = asked.jobId !== undefined;
	if (statusCode === 429) return { ...refuse(isPoll ? 'pollFailed' : 'rateLimited'), retry: 'throttled' };
	if (statusCode >= 500) return { ...refuse(isPoll ? 'pollFailed' : 'submitFailed'), retry: 'fault' };
	if (statusCode < 300) return { ...refuse(isPoll ? 'pollFailed' : 'badAnswer'), retry: 'fault' };
	if (isPoll) return refuse('pollRefused');
	if (isRedirect) return refuse('baseUrl');
	if (statusCode === 401 || statusCode === 403) return refuse('keyRefused');
	if (statusCode === 402) return refuse('creditsShort');
	if (statusCode === 404) return refuse('unknownModel');
	return refuse(refusesDataUrl(asked, reason, code) ? 'dataUrlRefused' : 'badRequest', { field: getField(code) });
}

/** An answer without the API's error body, in words; its text is never repeated, it may be a whole web page. */
function describe({ statusCode, body }: Reply): string {
	if (typeof body !== 'string') return `HTTP ${statusCode} without a reason`;
	if (body.trim() === '') return 'the answer was empty';
	return /<html|<!doctype/i.test(body) ? 'a web page came back, perhaps from a proxy' : 'the answer was cut off or is not JSON';
}
