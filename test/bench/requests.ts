/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { spawnGroup, stopGroup } from '../e2e/host/processes';
import { run } from '../e2e/host/run';
import { makeTempFolder } from '../e2e/host/temp';
import { runChild } from './child';
import type { ClientName } from './clients';
import type { ClientCost } from './connections';
import { summarize } from './stats';
import type { Stat } from './stats';

/** Cost of one request, milliseconds. */
export type RequestCost = { protocol: 'http' | 'https'; client: ClientName; wallMs: Stat; cpuMs: Stat; connectionsPerRequest: number };

/** A certificate for this run, made by OpenSSL; undefined where that is not installed. */
async function makeCertificate(folder: string): Promise<string[] | undefined> {
	const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
	const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
	try {
		await run('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', certificate]);
		return [key, certificate];
	} catch {
		return undefined;
	}
}

function toCosts(protocol: RequestCost['protocol'], samples: ClientCost[][], requests: number): RequestCost[] {
	const names = (samples[0] ?? []).map(({ client }) => client);
	return names.map((client) => {
		const own = samples.flat().filter((sample) => sample.client === client);
		return {
			protocol,
			client,
			wallMs: summarize(own.map(({ wallMs }) => wallMs)),
			cpuMs: summarize(own.map(({ cpuMs }) => cpuMs)),
			connectionsPerRequest: summarize(own.map(({ connections }) => connections / requests)).median,
		};
	});
}

async function sample(origin: string, requests: number, runs: number): Promise<ClientCost[][]> {
	const samples: ClientCost[][] = [];
	for (let index = 0; index < runs; index += 1) {
		samples.push(await runChild<ClientCost[]>('connections.ts', [origin, String(requests)], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }));
	}
	return samples;
}

/** What a request costs through n8n's helper, and what it would cost without a connection for each. */
export async function measureRequests(requests: number, runs: number): Promise<RequestCost[]> {
	const folder = await makeTempFolder('kyma-bench-tls-');
	const files = (await makeCertificate(folder.path)) ?? [];
	const server = spawnGroup(process.execPath, [path.join(__dirname, 'connection-server.mjs'), ...files], {});
	try {
		const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
		const origins = Object.entries(JSON.parse(line) as Record<RequestCost['protocol'], string>);
		const costs: RequestCost[] = [];
		for (const [protocol, origin] of origins) {
			costs.push(...toCosts(protocol as RequestCost['protocol'], await sample(origin, requests, runs), requests));
		}
		return costs;
	} finally {
		await stopGroup(server);
		await folder.remove();
	}
}
