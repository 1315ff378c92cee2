import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { KymaError } from './errors';

/** Where the API of one credential lives. The key itself stays with n8n, which adds it to each API request. */
export type Account = {
	/** Base of every API path, without a trailing slash, e.g. `https://kymaapi.com/v1`. */
	apiUrl: string;
	/** The public model registry, at the root of the `api.` host. */
	registryUrl: string;
	/** Whether image addresses over plain http are acceptable: only when the API itself is (a local stand-in). */
	allowsHttp: boolean;
};

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function parseUrl(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol === 'https:') return url;
	if (url?.protocol === 'http:' && LOOPBACK.test(url.hostname)) return url;
	const reason = url?.protocol === 'http:' ? `"${text}" would send the API key unencrypted` : `"${text}" is not an https address`;
	throw new KymaError('baseUrl', { reason });
}

/**
 * The API's base address from what a user typed: a trailing slash, or a missing `/v1` on the bare host, is forgiven.
 * The credential test forgives the same in an expression; a test holds the two together.
 * @throws KymaError `baseUrl` when it is no address or would carry the key over plain http to another machine
 */
export function toAccount(baseUrl: string): Account {
	const url = parseUrl(baseUrl.trim());
	const path = url.pathname.replace(/\/+$/, '');
	const registryHost = url.host.replace(/^(www\.)?kymaapi\.com$/, 'api.kymaapi.com');
	return {
		apiUrl: `${url.origin}${path || '/v1'}`,
		registryUrl: `${url.protocol}//${registryHost}/registry/image-models.json`,
		allowsHttp: url.protocol === 'http:',
	};
}

/**
 * Reads the credential of the node and refuses, before anything is sent, a key that cannot work.
 * @throws KymaError `mcpKey`, `baseUrl`
 */
export async function loadAccount(context: IExecuteFunctions | ILoadOptionsFunctions): Promise<Account> {
	const { apiKey, baseUrl } = await context.getCredentials<{ apiKey: string; baseUrl: string }>('kymaApi');
	if (apiKey.trim().startsWith('km-')) throw new KymaError('mcpKey');
	return toAccount(baseUrl);
}
