/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleepFor } from 'node:timers/promises';
import { request } from 'undici';
import type { Simulator } from './types';

/** The part of an answer that the tests read. */
export type Answer = { status: number; headers: Record<string, unknown>; body: unknown };

export type WireJob = {
	id: string;
	status: string;
	output: {
		url?: string;
		urls?: string[];
		images?: unknown[];
		data?: { b64_json?: string }[];
	} | null;
	error: { message: string; code: string } | null;
	estimated_cost: number;
	charged_amount: number | null;
	completed_at: string | null;
};

type Call = { method?: 'GET' | 'POST'; key?: string | null; json?: unknown; raw?: string };

/** One request over a real socket; the body parsed when it is JSON, else as text. */
export async function call(simulator: Simulator, path: string, options: Call = {}) {
	const { method = 'GET', key = simulator.apiKey, json, raw } = options;
	const url = path.startsWith('http') ? path : simulator.origin + path;
	const headers = key === null ? {} : { authorization: `Bearer ${key}` };
	const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
	const answer = await request(url, { method, headers, body });
	const text = await answer.body.text();
	return { status: answer.statusCode, headers: answer.headers, body: parse(text) } as Answer;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

export async function submit(simulator: Simulator, patch: object = {}, key?: string) {
	const json = { model: 'nano-banana', prompt: 'A red bicycle', ...patch };
	return await call(simulator, '/v1/images/generations', { method: 'POST', json, key });
}

export async function poll(simulator: Simulator, id: string, key?: string) {
	return await call(simulator, `/v1/jobs/${id}`, { key });
}

export const jobOf = (answer: Answer): WireJob => answer.body as WireJob;

export const errorOf = (answer: Answer): { message: string; type: string; code: string } =>
	(answer.body as { error: { message: string; type: string; code: string } }).error;

export const sleep = async (ms: number): Promise<void> => await sleepFor(ms);

/** Polls until the condition holds for the job's answer; 1,000 polls at most. */
export async function pollUntil(simulator: Simulator, id: string, holds: (job: WireJob) => boolean): Promise<WireJob> {
	for (let left = 1000; left > 0; left -= 1) {
		const answer = await poll(simulator, id);
		if (answer.status === 200 && holds(jobOf(answer))) return jobOf(answer);
		await sleep(5);
	}
	throw new Error(`Job ${id} never got there: ${JSON.stringify(simulator.jobs)}`);
}

const isOver = ({ status }: WireJob) => !['pending', 'processing'].includes(status);

/** Submits and waits until the job is over. */
export async function run(simulator: Simulator, patch: object = {}): Promise<WireJob> {
	const { id } = jobOf(await submit(simulator, patch));
	return await pollUntil(simulator, id, isOver);
}

/** Downloads from the image host, as it should be done: without the key. */
export async function download(url: string) {
	const answer = await request(url);
	const bytes = Buffer.from(await answer.body.arrayBuffer());
	return { status: answer.statusCode, headers: answer.headers, bytes };
}
