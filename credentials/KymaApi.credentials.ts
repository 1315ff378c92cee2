import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

const NEW_KEY = 'Create a REST API key (it starts with ky- or kyma-) at https://kymaapi.com';
const WRONG_KEY = `Kyma refused this API key. ${NEW_KEY}`;
const MCP_KEY = `This API key starts with km-, so it belongs to Kyma's MCP server and does not work here. ${NEW_KEY}`;
const FOREIGN_HOST = 'The API key was not sent: it goes only to the host of the Base URL, over https (plain http on this machine only)';

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the key may go to `target`: the API's own host (or another of kymaapi.com), and never readable on the way. */
function isApiHost(target: string, baseUrl: string): boolean {
	if (!URL.canParse(target) || !URL.canParse(baseUrl.trim())) return false;
	const [to, base] = [new URL(target), new URL(baseUrl.trim())];
	const isKyma = [to, base].every(({ hostname }) => /^(.+\.)?kymaapi\.com$/.test(hostname));
	const isPrivate = to.protocol === 'https:' || (to.protocol === 'http:' && LOOPBACK.test(to.hostname));
	return isPrivate && (to.host === base.host || isKyma);
}

/** n8n would send the key along a redirect. The HTTP Request node has the latter two for the former. */
const NO_REDIRECT = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false };

/** Where a request goes. The HTTP Request node says `uri` for `url`; an address in full wins over `baseURL`. */
function getTarget(options: IHttpRequestOptions & { uri?: string }): string {
	const address = options.uri ?? options.url;
	return URL.canParse(address, options.baseURL) ? new URL(address, options.baseURL).href : '';
}

export class KymaApi implements ICredentialType {
	name = 'kymaApi';

	displayName = 'Kyma API';

	icon = { light: 'file:../icons/kyma.svg', dark: 'file:../icons/kyma.dark.svg' } as const;

	documentationUrl = 'https://github.com/kymaapi/n8n-nodes-kyma#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. ky-...',
			description:
				'A REST API key from <a href="https://kymaapi.com" target="_blank">kymaapi.com</a>. It starts with ky- or kyma-; keys that start with km- are for MCP clients.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://kymaapi.com/v1',
			description: 'Where the API is reached. Leave it as it is unless Kyma told you otherwise.',
		},
	];

	authenticate = async (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> => {
		const apiKey = String(credentials.apiKey).trim();
		if (apiKey.startsWith('km-')) throw new UserError(MCP_KEY);
		if (!isApiHost(getTarget(options), String(credentials.baseUrl))) throw new UserError(FOREIGN_HOST);
		return { ...options, ...NO_REDIRECT, headers: { ...options.headers, Authorization: `Bearer ${apiKey}` } };
	};

	/** Free of charge (kyma-api.md, "Hosts and authentication"). Forgives what account.ts forgives in a base URL. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/^(https?:\\/\\/[^\\/]+)$/i, "$1/v1") }}',
			url: '/auth/limits',
			disableFollowRedirect: true,
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: WRONG_KEY } },
			{ type: 'responseCode', properties: { value: 403, message: WRONG_KEY } },
		],
	};
}
