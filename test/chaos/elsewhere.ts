/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A third host, where redirects lead: it keeps what it is sent, and gives nothing useful. */
export type Elsewhere = { url: string; requests: string[]; close: () => Promise<void> };

const PAGE = '<!doctype html><html><body>Moved</body></html>';

export async function openElsewhere(): Promise<Elsewhere> {
	const requests: string[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			requests.push([request.method, request.url, JSON.stringify(request.rawHeaders), Buffer.concat(chunks).toString()].join(' '));
			response.writeHead(requests.length % 2 === 0 ? 200 : 404, { 'content-type': 'text/html' }).end(PAGE);
		});
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const close = async () => {
		server.closeAllConnections();
		await new Promise<void>((resolve) => void server.close(() => resolve()));
	};
	return { url: `http://127.0.0.1:${port}/elsewhere`, requests, close };
}
