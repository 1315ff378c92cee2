/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { Pool } from 'undici';

/** One request, its answer read to the end. */
export type Send = (url: string) => Promise<void>;
export type ClientName = 'n8nHelper' | 'nodeNewConnection' | 'nodeKeepAlive' | 'undiciKeepAlive';

const sendWithNode = async (agent: http.Agent | false, url: string): Promise<void> => {
	const get = url.startsWith('https:') ? https.get : http.get;
	await new Promise<void>((resolve, reject) => {
		const request = get(url, { agent, rejectUnauthorized: false }, (response) => {
			text(response).then(() => resolve(), reject);
		});
		request.on('error', reject);
	});
};

/** Sends as the node's request.ts does: a stream, every status accepted, redirects not followed. */
const sendWithHelper = async (context: IExecuteFunctions, url: string): Promise<void> => {
	const response = (await context.helpers.httpRequest({
		url,
		method: 'GET',
		json: true,
		timeout: 20_000,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		skipSslCertificateValidation: true,
	})) as { body: NodeJS.ReadableStream };
	await text(response.body);
};

/** The clients that are compared, one request at a time; `close` gives back what they hold open. */
export function buildClients(
	context: IExecuteFunctions,
	origin: string,
): { clients: Record<ClientName, Send>; close: () => Promise<void> } {
	const isTls = origin.startsWith('https:');
	const agent = isTls ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
	const pool = new Pool(origin, { connections: 1, connect: { rejectUnauthorized: false } });
	return {
		clients: {
			n8nHelper: async (url) => await sendWithHelper(context, url),
			nodeNewConnection: async (url) => await sendWithNode(false, url),
			nodeKeepAlive: async (url) => await sendWithNode(agent, url),
			undiciKeepAlive: async (url) => {
				const { body } = await pool.request({ path: new URL(url).pathname, method: 'GET' });
				await body.text();
			},
		},
		close: async () => {
			agent.destroy();
			await pool.close();
		},
	};
}

/** A node that hands its context, and with it n8n's own HTTP helper, to a benchmark. */
export class Borrower implements INodeType {
	description = {
		displayName: 'Borrower',
		name: 'borrower',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Borrower' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	} as INodeType['description'];

	constructor(work: (context: IExecuteFunctions) => Promise<void>) {
		(this as INodeType).execute = async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			await work(this);
			return [this.getInputData()];
		};
	}
}
