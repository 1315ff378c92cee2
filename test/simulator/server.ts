/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { SimulatorEnv } from './recorder';

export type Listening = { origin: string; close: () => Promise<void> };

/** Serves an app; `port` 0 takes any free one. Closing cuts every open connection. */
export async function listen(app: Hono<SimulatorEnv>, port: number, host: string): Promise<Listening> {
	const server = createAdaptorServer({
		fetch: app.fetch,
		overrideGlobalObjects: false,
	}) as Server;
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const { port: bound } = server.address() as AddressInfo;
	const name = host.includes(':') ? `[${host}]` : host;
	return { origin: `http://${name}:${bound}`, close: async () => await close(server) };
}

async function close(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
