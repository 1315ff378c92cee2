import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { Account } from './account';
import { orWhenAborted } from './clock';
import { readText } from './stream';
import type { ByteStream } from './stream';

export type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** An answer of the API, whatever its status. `body` is parsed JSON, or the raw text when it is not JSON. */
export type Reply = { statusCode: number; headers: Record<string, string | undefined>; body: unknown };

/** No usable answer came: refused, reset, timed out or cut off. `fault` says so in words. */
export type NoReply = { fault: string };

export const isReply = (reply: Reply | NoReply): reply is Reply => 'statusCode' in reply;

export type ApiRequest = { method: 'GET' | 'POST'; path: string; body?: Record<string, unknown>; timeoutMs: number };

export type StreamReply = Omit<Reply, 'body'> & { stream: ByteStream };

/** An answer of the API is small; images inside one (`b64_json`, four at most) are the largest. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;

const FAULTS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ECONNRESET: 'the connection was reset',
	ECONNABORTED: 'no answer in time',
	ETIMEDOUT: 'no answer in time',
	ENOTFOUND: 'the host name was not found',
	EAI_AGAIN: 'the host name could not be looked up',
	ERR_CANCELED: 'the request was stopped',
};

/** A network fault in words. The error itself goes no further: it holds the request, and with it the API key. */
function toFault(caught: unknown): NoReply {
	const { code, cause } = caught as { code?: unknown; cause?: { code?: unknown } };
	const known = FAULTS[String(code ?? cause?.code)];
	return { fault: known ?? 'the connection failed or was cut off' };
}

const toJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
};

/**
 * Streams are asked for throughout: a body can then be bounded in size and time, and that of a refusal is kept.
 * Redirects are never followed: n8n would send the Authorization header along, and a POST would become a GET.
 */
const toOptions = (url: string, timeoutMs: number): IHttpRequestOptions => ({
	url,
	method: 'GET',
	timeout: Math.max(1, Math.round(timeoutMs)),
	encoding: 'stream',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
});

async function toReply(response: StreamResponse, signal: AbortSignal): Promise<Reply> {
	const { statusCode, headers, body } = response;
	return { statusCode, headers, body: toJson(await readText(body, MAX_BODY_BYTES, signal)) };
}

type StreamResponse = { statusCode: number; headers: Record<string, string | undefined>; body: ByteStream };

/**
 * One request to the API with the key of the credential. Sent exactly once: with every status accepted, n8n's helper
 * neither throws nor repeats it after a 401. Resolves for every status and every network fault, never rejects, and
 * resolves at once when the signal aborts.
 * @param request.timeoutMs bound on the whole exchange, milliseconds
 */
export async function callApi(context: Context, account: Account, request: ApiRequest, signal: AbortSignal): Promise<Reply | NoReply> {
	const bound = AbortSignal.any([signal, AbortSignal.timeout(request.timeoutMs)]);
	return await orWhenAborted(exchange(context, account, request, bound), bound, { fault: 'no answer in time' });
}

async function exchange(
	context: Context,
	account: Account,
	{ method, path, body, timeoutMs }: ApiRequest,
	signal: AbortSignal,
): Promise<Reply | NoReply> {
	const options: IHttpRequestOptions = { ...toOptions(`${account.apiUrl}${path}`, timeoutMs), method, json: true, body };
	try {
		const response = await context.helpers.httpRequestWithAuthentication.call(context, 'kymaApi', options);
		return await toReply(response as StreamResponse, signal);
	} catch (caught) {
		return toFault(caught);
	}
}

/** One GET of a public JSON document (catalog, registry), without any credential. Never rejects. */
export async function getPublicJson(context: Context, url: string, timeoutMs: number, signal?: AbortSignal): Promise<Reply | NoReply> {
	const abortSignal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
	try {
		const response = await context.helpers.httpRequest({ ...toOptions(url, timeoutMs), json: true, abortSignal });
		return await toReply(response as StreamResponse, abortSignal);
	} catch (caught) {
		return toFault(caught);
	}
}

/**
 * Opens one image address, without any credential; the caller reads or destroys the stream. Never rejects. Asks for the
 * file as it is: of a compressed one, the length that the host announces is not that of the file.
 */
export async function openStream(
	context: Context,
	url: string,
	timeoutMs: number,
	abortSignal: AbortSignal,
): Promise<StreamReply | NoReply> {
	try {
		const options = { ...toOptions(url, timeoutMs), headers: { 'Accept-Encoding': 'identity' }, abortSignal };
		const response = await context.helpers.httpRequest(options);
		const { statusCode, headers, body } = response as StreamResponse;
		return { statusCode, headers, stream: body };
	} catch (caught) {
		return toFault(caught);
	}
}

/**
 * `Retry-After` in milliseconds from now: seconds or an HTTP date; undefined when absent or unreadable. Only what looks
 * like an HTTP date is parsed as one: to `Date.parse` also "in 5" is a date.
 */
export function toRetryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
	const text = header?.trim() ?? '';
	const isSeconds = /^[+-]?\d+(\.\d+)?$/.test(text);
	const delayMs = isSeconds ? Number(text) * 1000 : /GMT$/i.test(text) ? Date.parse(text) - now : NaN;
	return Number.isFinite(delayMs) ? Math.max(0, delayMs) : undefined;
}
