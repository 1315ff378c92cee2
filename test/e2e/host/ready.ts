/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { request } from 'undici';
import type { StartOptions } from './plan';
import type { GroupLeader } from './processes';

const POLL_MS = 200;

async function answers(url: string): Promise<boolean> {
	try {
		const { statusCode, body } = await request(url, { headersTimeout: 5_000, bodyTimeout: 5_000 });
		await body.dump();
		return statusCode === 200;
	} catch {
		return false;
	}
}

/** A server answers its health check some time before it serves the REST API; a worker has no REST API. */
const CHECKS: Record<NonNullable<StartOptions['command']>, readonly string[]> = {
	start: ['/healthz/readiness', '/rest/settings'],
	webhook: ['/healthz/readiness'],
	worker: ['/healthz/readiness'],
};

export type ReadyOptions = {
	child: GroupLeader;
	url: string;
	command?: StartOptions['command'];
	timeoutMs: number;
};

/** @throws Error when the process ends first, or the time is over. */
export async function waitUntilReady({ child, url, command = 'start', timeoutMs }: ReadyOptions): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	let spawnError: Error | undefined;
	child.once('error', (error) => (spawnError = error));
	const paths = [...CHECKS[command]];
	while (paths.length > 0) {
		if (spawnError) throw spawnError;
		if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
		if (child.signalCode !== null) throw new Error(`it was ended by ${child.signalCode}`);
		if (Date.now() > deadline) throw new Error(`it was not ready after ${timeoutMs / 1_000} s`);
		if (await answers(`${url}${paths[0]}`)) paths.shift();
		else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}
