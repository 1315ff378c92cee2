import type { ICredentialDataDecryptedObject, ICredentialType, IDataObject, IHttpRequestOptions, INode, Workflow } from 'n8n-workflow';
import { ICredentialsHelper, isExpression } from 'n8n-workflow';

type Properties = Record<string, Record<string, string>>;

/** Serves one credential as the n8n server would: expressions of a `generic` authentication are resolved per request. */
export class MemoryCredentials extends ICredentialsHelper {
	constructor(
		private readonly type: ICredentialType,
		private readonly data: ICredentialDataDecryptedObject,
	) {
		super();
	}

	async authenticate(data: ICredentialDataDecryptedObject, _type: string, options: IHttpRequestOptions, workflow: Workflow, node: INode) {
		const { authenticate } = this.type;
		if (typeof authenticate === 'function') return await authenticate(data, options);
		const keys = { $credentials: data } as never;
		const resolve = (text: string) =>
			isExpression(text) ? String(workflow.expression.getSimpleParameterValue(node, text, 'internal', keys, undefined, '')) : text;
		for (const [place, values] of Object.entries((authenticate?.properties ?? {}) as Properties)) {
			const resolved = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, resolve(value)]));
			const target = options as unknown as Record<string, IDataObject>;
			target[place] = { ...target[place], ...resolved };
		}
		return options;
	}

	getParentTypes() {
		return [];
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		return await Promise.reject(new Error('The engine asked for an encrypted credential'));
	}

	async getDecrypted() {
		return { ...this.data };
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties() {
		return this.type.properties;
	}

	isCredentialUsableByNode() {
		return true;
	}
}
