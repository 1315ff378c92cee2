/* eslint-disable @n8n/community-nodes/no-deprecated-workflow-functions -- the HTTP Request node still uses that one */
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { KymaApi } from '../../credentials/KymaApi.credentials';
import { buildNode, connect } from './engine';
import { generate, useSimulator } from './kyma';
import { testCredential } from './panel';

const bench = useSimulator();

test('a good key passes the test, free of charge', async () => {
	expect(await testCredential({ apiKey: bench.kyma.apiKey, baseUrl: bench.kyma.url })).toBe('Connection successful!');
	expect(bench.kyma.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/auth/limits']);
});

test.each(['/', '//', ''])('a base URL with "%s" in the place of /v1 is forgiven, by the test and by the node', async (end) => {
	const baseUrl = `${bench.kyma.origin}${end}`;
	expect(await testCredential({ apiKey: ` ${bench.kyma.apiKey} `, baseUrl })).toBe('Connection successful!');
	const { items } = await bench.run(generate(), { baseUrl, apiKey: ` ${bench.kyma.apiKey} ` });
	expect(items[0]?.json.status).toBe('succeeded');
});

test('a wrong key gets a sentence that says where to get a right one', async () => {
	const words = await testCredential({ apiKey: 'ky-wrong', baseUrl: bench.kyma.url });
	expect(words).toBe('Kyma refused this API key. Create a REST API key (it starts with ky- or kyma-) at https://kymaapi.com');
	const { error } = await bench.run(generate(), { apiKey: 'ky-wrong' });
	expect(error?.message).toContain('Kyma refused the API key (HTTP 401)');
	expect(error?.httpCode).toBe('401');
	expect(error?.description).toContain('https://kymaapi.com');
});

test('a key of the MCP server is told apart in words, and never sent', async () => {
	const words = await testCredential({ apiKey: 'km-123', baseUrl: bench.kyma.url });
	expect(words).toContain("starts with km-, so it belongs to Kyma's MCP server");
	const { error } = await bench.run(generate(), { apiKey: 'km-123' });
	expect(error?.message).toContain("belongs to Kyma's MCP server");
	expect(bench.kyma.requests).toHaveLength(0);
});

test.each(['http://kymaapi.com/v1', 'ftp://kymaapi.com', 'banana', ''])(
	'the base URL "%s" gets no key, and an error that says why',
	async (baseUrl) => {
		expect(await testCredential({ apiKey: bench.kyma.apiKey, baseUrl })).not.toBe('Connection successful!');
		const { error } = await bench.run(generate(), { baseUrl });
		expect(error?.message).toContain('Base URL of the Kyma API credential');
		expect(error?.description).toContain('Set it to https://kymaapi.com/v1');
	},
);

test('a redirect of the API is not followed, so the key goes nowhere else', async () => {
	const to = `${bench.kyma.imageOrigin}/elsewhere`;
	bench.kyma.addFault({ on: 'limits', kind: { type: 'redirect', to, status: 302 } });
	expect(await testCredential({ apiKey: bench.kyma.apiKey, baseUrl: bench.kyma.url })).not.toBe('Connection successful!');
	bench.kyma.addFault({ on: 'submit', kind: { type: 'redirect', to, status: 307 } });
	expect((await bench.run(generate())).error?.message).toContain('redirect');
	expect(bench.kyma.requests.filter(({ host }) => host === 'image')).toHaveLength(0);
});

/** Sends one request as the HTTP Request node does with a predefined credential. */
const buildHttpRequest = (uri: string): INodeType => ({
	description: {
		...{ displayName: 'HTTP Request', name: 'http', group: ['transform'], version: 1, description: '', defaults: {}, properties: [] },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kymaApi' }],
	},
	async execute(this: IExecuteFunctions) {
		const options = { method: 'GET' as const, uri, json: true, followRedirect: true, followAllRedirects: true };
		return [[{ json: (await this.helpers.requestWithAuthentication.call(this, 'kymaApi', options)) as IDataObject }]];
	},
});

async function request(uri: string) {
	const node = buildNode('Kyma Image', 'test.http', {}, { credentials: { kymaApi: { id: '1', name: 'Kyma API' } } });
	const nodes = [buildNode('Start', 'test.start'), node];
	return await bench.run({}, { nodes, connections: connect('Start', 'Kyma Image'), nodeTypes: { 'test.http': buildHttpRequest(uri) } });
}

test('the HTTP Request node reaches the API with the credential, and the API only', async () => {
	const { items } = await request(`${bench.kyma.url}/auth/limits`);
	expect(items[0]?.json).toHaveProperty('rpm_limit');
	const { error } = await request(`${bench.kyma.imageOrigin}/elsewhere`);
	expect(error?.message).toContain('The API key was not sent');
	expect(bench.kyma.requests.filter(({ host }) => host === 'image')).toHaveLength(0);
});

test('the HTTP Request node takes the key along no redirect', async () => {
	bench.kyma.addFault({ on: 'limits', kind: { type: 'redirect', to: `${bench.kyma.imageOrigin}/elsewhere`, status: 302 } });
	await request(`${bench.kyma.url}/auth/limits`);
	expect(bench.kyma.requests.map(({ host }) => host)).toEqual(['api']);
});

test.each(['https://evil.example/a', '//evil.example/a', 'http://kymaapi.com/v1/a'])(
	'the key does not go to %s, whatever base stands beside it',
	async (url) => {
		const baseUrl = 'https://kymaapi.com/v1';
		await expect(new KymaApi().authenticate({ apiKey: 'ky-1', baseUrl }, { baseURL: baseUrl, url })).rejects.toThrow(
			'The API key was not sent',
		);
	},
);
