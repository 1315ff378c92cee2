/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:net';
import { LOOPBACK } from './env';

async function listenOnce(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, LOOPBACK, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
		});
	});
}

/** A free port on the loopback address: `preferred` when that one is free, else any. */
export async function freePort(preferred?: number): Promise<number> {
	const port = (preferred && (await listenOnce(preferred))) || (await listenOnce(0));
	if (!port) throw new Error('No free port on the loopback address');
	return port;
}
