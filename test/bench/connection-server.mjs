// `node connection-server.mjs [key.pem cert.pem]`: answers every request with a small job and counts connections.
// Prints its addresses as one line of JSON; ends when it is told to.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const [keyFile, certFile] = process.argv.slice(2);
const job = JSON.stringify({ id: 'f3a9c8b2e1d0a4b6c7d8e9f0', object: 'image.job', status: 'processing', output: null, error: null });
let connections = 0;

const answer = (request, response) => {
	const body = request.url === '/count' ? JSON.stringify({ connections }) : job;
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
};

const listen = (server, event) =>
	new Promise((resolve) => {
		server.keepAliveTimeout = 60_000;
		server.on(event, () => (connections += 1));
		server.listen(0, '127.0.0.1', () => resolve(server.address().port));
	});

const http = `http://127.0.0.1:${await listen(createServer(answer), 'connection')}`;
const https = keyFile
	? `https://127.0.0.1:${await listen(createTlsServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, answer), 'secureConnection')}`
	: undefined;
process.stdout.write(`${JSON.stringify({ http, https })}\n`);
