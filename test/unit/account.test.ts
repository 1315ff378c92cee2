import fc from 'fast-check';
import { Workflow } from 'n8n-workflow';
import type { INode, INodeTypes } from 'n8n-workflow';

import { KymaApi } from '../../credentials/KymaApi.credentials';
import { loadAccount, toAccount } from '../../nodes/shared/account';

const node = { name: 'Kyma Image', type: 'test', typeVersion: 1, position: [0, 0], parameters: {}, id: '1' } as INode;
const types = { getByNameAndVersion: () => ({ description: { properties: [] } }) } as unknown as INodeTypes;
const { expression } = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: types });

/** The base URL of the credential test, as n8n makes it from what the user typed. */
const toTestBase = (baseUrl: string): string => {
	const template = new KymaApi().test.request.baseURL ?? '';
	return String(expression.getSimpleParameterValue(node, template, 'internal', { $credentials: { baseUrl } } as never, undefined, ''));
};

const getKind = (baseUrl: string): unknown => {
	try {
		return toAccount(baseUrl);
	} catch (error) {
		return (error as { kind?: string }).kind;
	}
};

test.each([
	['https://kymaapi.com/v1', 'https://kymaapi.com/v1'],
	['https://kymaapi.com/v1/', 'https://kymaapi.com/v1'],
	['https://kymaapi.com/v1///', 'https://kymaapi.com/v1'],
	['https://kymaapi.com', 'https://kymaapi.com/v1'],
	['https://kymaapi.com/', 'https://kymaapi.com/v1'],
	['  https://kymaapi.com/v1 \n', 'https://kymaapi.com/v1'],
	['https://api.kymaapi.com', 'https://api.kymaapi.com/v1'],
	['HTTPS://KymaAPI.com', 'https://kymaapi.com/v1'],
	['https://kymaapi.com:443/v1', 'https://kymaapi.com/v1'],
	['https://proxy.example/kyma/v1/', 'https://proxy.example/kyma/v1'],
	['https://proxy.example/v2', 'https://proxy.example/v2'],
	['http://localhost:8787', 'http://localhost:8787/v1'],
	['http://127.0.0.1:8787/v1', 'http://127.0.0.1:8787/v1'],
	['http://[::1]:8787/', 'http://[::1]:8787/v1'],
])('the Base URL "%s" is understood as %s, by the node and by the credential test', (typed, apiUrl) => {
	expect(toAccount(typed).apiUrl).toBe(apiUrl);
	expect(new URL(toTestBase(typed)).href).toBe(apiUrl);
});

test('the node and the credential test agree on whatever base address is typed', () => {
	const scheme = fc.constantFrom('https://', 'HTTPS://', 'http://localhost:', 'http://127.0.0.1:', 'https://Api.', 'https://[::1]:');
	const rest = fc.constantFrom('8787', '80', '443', '8080');
	const host = fc.tuple(scheme, rest).map(([start, port]) => (start.endsWith(':') ? `${start}${port}` : `${start}kymaapi.com`));
	const path = fc.array(fc.constantFrom('/', 'v1', 'v2', '/v1', '/kyma', '//', 'V1', '-'), { maxLength: 5 }).map((parts) => parts.join(''));
	const blank = fc.constantFrom('', ' ', '\n', '\t ');
	fc.assert(
		fc.property(host, path, blank, blank, (base, suffix, before, after) => {
			const typed = `${before}${base}${suffix.startsWith('/') || suffix === '' ? suffix : `/${suffix}`}${after}`;
			const account = toAccount(typed);
			expect(new URL(`${toTestBase(typed)}/auth/limits`).href).toBe(new URL(`${account.apiUrl}/auth/limits`).href);
		}),
		{ numRuns: 200 },
	);
});

test.each([
	'http://kymaapi.com/v1',
	'http://api.kymaapi.com',
	'http://192.168.1.2:8787',
	'http://10.0.0.1',
	'http://0.0.0.0:8787',
	'http://localhost.evil.example',
	'http://evillocalhost',
	'http://127.0.0.1.evil.example',
	'http://evil.example/localhost',
	'http://evil.example#localhost',
	'http://localhost@evil.example',
	'http://[2001:db8::1]',
	'kymaapi.com/v1',
	'//kymaapi.com/v1',
	'ftp://kymaapi.com',
	'file:///etc/passwd',
	'javascript:alert(1)',
	'data:text/html,x',
	'',
	' ',
	'https://',
	'https:// kymaapi.com',
	'v1',
])('the Base URL "%s" is refused before the key is sent', (typed) => {
	expect(getKind(typed)).toBe('baseUrl');
});

test('no text at all makes the key travel unencrypted to another machine', () => {
	fc.assert(
		fc.property(fc.oneof(fc.webUrl({ validSchemes: ['http', 'https', 'ftp'], withFragments: true }), fc.string()), (typed) => {
			const account = getKind(typed);
			if (account === 'baseUrl') return;
			expect(account).toMatchObject({ apiUrl: expect.stringMatching(/^https:\/\//) as string, allowsHttp: false });
		}),
	);
});

test.each([
	['https://kymaapi.com/v1', 'https://api.kymaapi.com/registry/image-models.json'],
	['https://www.kymaapi.com/v1', 'https://api.kymaapi.com/registry/image-models.json'],
	['https://api.kymaapi.com/v1', 'https://api.kymaapi.com/registry/image-models.json'],
	['https://notkymaapi.com/v1', 'https://notkymaapi.com/registry/image-models.json'],
	['http://localhost:8787/v1', 'http://localhost:8787/registry/image-models.json'],
	['https://proxy.example/kyma/v1', 'https://proxy.example/registry/image-models.json'],
])('the model registry of %s is at %s', (typed, registryUrl) => {
	expect(toAccount(typed).registryUrl).toBe(registryUrl);
});

test.each(['https://user:secret@kymaapi.com/v1', 'https://kymaapi.com/v1?key=secret', 'https://kymaapi.com/v1#secret'])(
	'what does not belong into a base address is left out of "%s"',
	(typed) => {
		expect(JSON.stringify(toAccount(typed))).not.toContain('secret');
	},
);

const load = async (apiKey: string, baseUrl = 'https://kymaapi.com/v1') =>
	await loadAccount({ getCredentials: async () => await Promise.resolve({ apiKey, baseUrl }) } as never);

test.each(['km-123', ' km-123', '\nkm-'])('the key "%s" of the MCP server is refused before it is sent', async (apiKey) => {
	await expect(load(apiKey)).rejects.toMatchObject({ kind: 'mcpKey', charged: false });
});

test.each(['ky-123', 'kyma-123', 'sk-km-1'])('the key "%s" is Kyma to judge', async (apiKey) => {
	await expect(load(apiKey)).resolves.toMatchObject({ apiUrl: 'https://kymaapi.com/v1' });
});

test('the key is no part of what the rest of the code knows', async () => {
	expect(JSON.stringify(await load('ky-secret'))).not.toContain('ky-secret');
});
