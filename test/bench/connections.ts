/* eslint-disable @n8n/community-nodes/no-restricted-globals */
// What one request costs through n8n's HTTP helper and around it: `connections.ts <origin> <requests>` prints JSON.
import '../engine/setup';
import { buildNode, connect, runWorkflow } from '../engine/engine';
import { Borrower, buildClients } from './clients';
import type { ClientName, Send } from './clients';

export type ClientCost = { client: ClientName; wallMs: number; cpuMs: number; connections: number };

const WARM_UP = 50;

async function countConnections(origin: string): Promise<number> {
	const response = await fetch(`${origin}/count`);
	return ((await response.json()) as { connections: number }).connections;
}

async function sendMany(send: Send, url: string, requests: number): Promise<void> {
	for (let index = 0; index < requests; index += 1) await send(url);
}

/** Cost per request, one after another; connections are counted for all of them. */
async function measureClient(client: ClientName, send: Send, origin: string, requests: number): Promise<ClientCost> {
	const url = `${origin}/job`;
	await sendMany(send, url, WARM_UP);
	const before = await countConnections(origin);
	const startedCpu = process.cpuUsage();
	const startedAt = performance.now();
	await sendMany(send, url, requests);
	const wallMs = (performance.now() - startedAt) / requests;
	const { user, system } = process.cpuUsage(startedCpu);
	const connections = (await countConnections(origin)) - before;
	return { client, wallMs, cpuMs: (user + system) / 1000 / requests, connections };
}

async function main(): Promise<void> {
	const [origin = '', requests = '100'] = process.argv.slice(2);
	const costs: ClientCost[] = [];
	const borrower = new Borrower(async (context) => {
		const { clients, close } = buildClients(context, origin);
		for (const [client, send] of Object.entries(clients)) {
			costs.push(await measureClient(client as ClientName, send, origin, Number(requests)));
		}
		await close();
	});
	const nodes = [buildNode('Start', 'test.start'), buildNode('Borrower', 'test.borrower')];
	const types = { nodeTypes: { 'test.borrower': borrower }, nodes, connections: connect('Start', 'Borrower') };
	const { run } = await runWorkflow({ baseUrl: origin, apiKey: '', parameters: {}, ...types });
	if (run.data.resultData.error) throw run.data.resultData.error;
	process.stdout.write(`\n${JSON.stringify(costs)}\n`);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
		process.exit(1);
	},
);
