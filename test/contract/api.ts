/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';

import { toAccount } from '../../nodes/shared/account';
import { isPending, parseJob } from '../../nodes/shared/schemas';
import type { Job } from '../../nodes/shared/schemas';
import type { Prices } from './types';

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: unknown; bytes: Buffer };
export type Access = {
	baseUrl: string;
	apiKey: string;
	/** Kyma asks for 1 to 2 seconds, which is the default; a simulator on this machine does not mind less. */
	pollMs?: number;
};

/** A job and the answer to its submit. */
export type Submitted = { answer: Answer; job?: Job };

export type Api = {
	prices: Prices;
	apiUrl: string;
	/** One request with the key, unless another one (or none) is given. */
	get: (path: string, apiKey?: string | null) => Promise<Answer>;
	/** One GET of a whole address, without any key. */
	fetch: (url: string) => Promise<Answer>;
	registryUrl: string;
	submit: (body: Record<string, unknown>) => Promise<Submitted>;
	/** Polls until the job is over; the last answer, and every status on the way. */
	finish: (jobId: string) => Promise<{ job?: Job; statuses: string[] }>;
	/** Does the work once for all checks that need its outcome. */
	once: <T>(name: string, work: () => Promise<T>) => Promise<T>;
};

const POLL_MS = 1_000;
const PATIENCE_MS = 330_000;
const TIMEOUT_MS = 60_000;

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

function toJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

type Call = { method?: 'GET' | 'POST'; body?: unknown; apiKey?: string | null };

async function send(dispatcher: Agent, url: string, { method = 'GET', body, apiKey }: Call): Promise<Answer> {
	const authorization = apiKey ? { authorization: `Bearer ${apiKey}` } : {};
	const payload = body === undefined ? {} : { body: JSON.stringify(body) };
	const headers = { ...authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
	const answer = await request(url, { method, headers, ...payload, dispatcher, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
	const bytes = Buffer.from(await answer.body.arrayBuffer());
	return { status: answer.statusCode, headers: answer.headers, body: toJson(bytes.toString('utf8')), bytes };
}

const createOnce = (): Api['once'] => {
	const done = new Map<string, Promise<unknown>>();
	return async <T>(name: string, work: () => Promise<T>) => {
		const known = done.get(name) ?? work();
		done.set(name, known);
		return (await known) as T;
	};
};

/** A client for the checks: thin, so that what it reports is what the API said. */
export function createApi({ baseUrl, apiKey, pollMs = POLL_MS }: Access, prices: Prices): Api & { close: () => Promise<void> } {
	const dispatcher = new Agent();
	const { apiUrl, registryUrl } = toAccount(baseUrl);
	const get: Api['get'] = async (path, key = apiKey) => await send(dispatcher, `${apiUrl}${path}`, { apiKey: key });
	const finish: Api['finish'] = async (jobId) => {
		const statuses: string[] = [];
		for (const end = Date.now() + PATIENCE_MS; ; await pause(pollMs)) {
			const job = parseJob((await get(`/jobs/${jobId}`)).body);
			if (job && statuses.at(-1) !== job.statusText) statuses.push(job.statusText);
			const isOver = job && !isPending(job.status) && !(job.status === 'succeeded' && job.images.length === 0);
			if (isOver || Date.now() > end) return { job, statuses };
		}
	};
	return {
		...{ prices, apiUrl, registryUrl, get, finish, once: createOnce() },
		fetch: async (url) => await send(dispatcher, url, {}),
		submit: async (body) => {
			const keyed = { idempotency_key: `contract-${randomUUID()}`, ...body };
			const answer = await send(dispatcher, `${apiUrl}/images/generations`, { method: 'POST', apiKey, body: keyed });
			return { answer, job: answer.status < 300 ? parseJob(answer.body) : undefined };
		},
		close: async () => await dispatcher.close(),
	};
}
