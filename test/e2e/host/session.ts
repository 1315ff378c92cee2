import { request, type Dispatcher, type FormData } from 'undici';

/** n8n ties a login to the browser it was made in; any constant will do. */
const BROWSER_ID = 'kyma-end-to-end';
const REQUEST_TIMEOUT_MS = 60_000;

export type Method = 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT';

export type RawResponse = {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	bytes: Buffer;
	text: () => string;
	json: <T = unknown>() => T;
};

export type RawRequest = {
	method?: Method;
	headers?: Record<string, string>;
	json?: unknown;
	body?: Buffer | string | FormData;
	timeoutMs?: number;
};

/** One HTTP exchange; any status is an answer, only a broken connection or a timeout throws. */
export async function send(url: string, options: RawRequest = {}): Promise<RawResponse> {
	const { method = 'GET', json, timeoutMs = REQUEST_TIMEOUT_MS } = options;
	const headers = { ...options.headers };
	if (json !== undefined) headers['content-type'] = 'application/json';
	const response = await request(url, {
		method: method as Dispatcher.HttpMethod,
		headers,
		body: json === undefined ? options.body : JSON.stringify(json),
		headersTimeout: timeoutMs,
		bodyTimeout: timeoutMs,
	});
	const bytes = Buffer.from(await response.body.arrayBuffer());
	const text = () => bytes.toString('utf8');
	return {
		statusCode: response.statusCode,
		headers: response.headers,
		bytes,
		text,
		json: <T>() => JSON.parse(text()) as T,
	};
}

/** n8n's own words, without the stack trace that it sends along. */
function toReason(body: string): string {
	const match = /"message":("(?:[^"\\]|\\.)*")/.exec(body);
	const message = match?.[1] ? (JSON.parse(match[1]) as string) : body;
	return message.replace(/\s+/g, ' ').slice(0, 1_000);
}

export class RestError extends Error {
	/** What n8n says about it, on one line. */
	readonly reason: string;

	constructor(
		readonly call: string,
		readonly statusCode: number,
		/** The whole answer. */
		readonly body: string,
	) {
		const reason = toReason(body);
		super(`${call} answered ${statusCode}: ${reason}`);
		this.reason = reason;
	}
}

export type Session = {
	url: string;
	/** Calls n8n's REST API and returns the `data` of its answer. @throws RestError */
	call: <T>(method: Method, path: string, json?: unknown) => Promise<T>;
	/** The same, with the answer as it came. @throws RestError */
	fetch: (method: Method, path: string, json?: unknown) => Promise<RawResponse>;
};

const toAuthCookie = (setCookie: string | string[] | undefined): string | undefined =>
	[setCookie ?? []]
		.flat()
		.map((cookie) => cookie.split(';')[0] ?? '')
		.find((cookie) => cookie.startsWith('n8n-auth='));

/** A session with n8n's internal REST API: keeps the login cookie, as the editor does. */
export function createSession(url: string): Session {
	let cookie: string | undefined;
	const fetch: Session['fetch'] = async (method, path, json) => {
		const headers: Record<string, string> = { 'browser-id': BROWSER_ID };
		if (cookie) headers.cookie = cookie;
		const response = await send(`${url}/rest${path}`, { method, headers, json });
		cookie = toAuthCookie(response.headers['set-cookie']) ?? cookie;
		if (response.statusCode < 400) return response;
		throw new RestError(`${method} /rest${path}`, response.statusCode, response.text());
	};
	const call: Session['call'] = async <T>(method: Method, path: string, json?: unknown) => {
		const response = await fetch(method, path, json);
		return response.json<{ data: T }>().data;
	};
	return { url, call, fetch };
}
