import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

/** One sentence for both mistakes people make with keys: a wrong one, and one of Kyma's MCP server. */
const WRONG_KEY =
	"Kyma refused this API key. Create a REST API key (it starts with ky- or kyma-) at https://kymaapi.com; a key that starts with km- belongs to Kyma's MCP server and does not work here.";

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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey.trim()}}' } },
	};

	/** Free of charge (kyma-api.md, "Hosts and authentication"). Forgives what account.ts forgives in a base URL. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/^(https?:\\/\\/[^\\/]+)$/, "$1/v1") }}',
			url: '/auth/limits',
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: WRONG_KEY } },
			{ type: 'responseCode', properties: { value: 403, message: WRONG_KEY } },
		],
	};
}
