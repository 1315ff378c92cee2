import { ExecuteContext, LoadOptionsContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	INodeListSearchResult,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { Workflow, createEmptyRunExecutionData } from 'n8n-workflow';

import { KymaApi } from '../../credentials/KymaApi.credentials';
import { searchEditModels, searchGenerateModels } from '../../nodes/KymaImage/search';
import { buildNode } from './engine';
import { MemoryCredentials } from './credentials';

const searches = { generate: searchGenerateModels, edit: searchEditModels };
const credentialRef = { credentials: { kymaApi: { id: '1', name: 'Kyma API' } } };

function buildWorkflow(nodeType: INodeType): Workflow {
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) } as unknown as INodeTypes;
	return new Workflow({ nodes: [buildNode('Node', 'any', {}, credentialRef)], connections: {}, active: false, nodeTypes });
}

const buildAdditionalData = (credential: ICredentialDataDecryptedObject) =>
	({ credentialsHelper: new MemoryCredentials(new KymaApi(), credential), variables: {} }) as unknown as IWorkflowExecuteAdditionalData;

/** Opens the model list of an operation as the editor does, through n8n's own context. */
export async function searchModels(
	operation: 'generate' | 'edit',
	credential: ICredentialDataDecryptedObject,
	filter?: string,
): Promise<INodeListSearchResult> {
	const { KymaImage } = await import('../../nodes/KymaImage/KymaImage.node.ts');
	const workflow = buildWorkflow(new KymaImage());
	const context = new LoadOptionsContext(workflow, workflow.nodes.Node as never, buildAdditionalData(credential), 'parameters');
	return await searches[operation].call(context, filter);
}

/**
 * Presses Test on the credential: the request of `test` runs through n8n's declarative engine, as the server does it.
 * Resolves to the message the server would show.
 */
export async function testCredential(credential: ICredentialDataDecryptedObject): Promise<string> {
	const { test } = new KymaApi();
	const probe = { displayName: 'Temp', name: 'temp', type: 'string', routing: { request: test.request }, default: '' };
	const description = { name: 'probe', version: 1, properties: [probe], credentials: [{ name: 'kymaApi', required: true }] };
	const nodeType = { description } as unknown as INodeType;
	const workflow = buildWorkflow(nodeType);
	const node = workflow.nodes.Node as never;
	const input = { main: [[{ json: {} }]] };
	const executeData = { node, data: {}, source: null };
	const args = [
		workflow,
		node,
		buildAdditionalData(credential),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		input,
		executeData,
		[],
	] as const;
	const context = new ExecuteContext(...(args as unknown as ConstructorParameters<typeof ExecuteContext>));
	try {
		await new RoutingNode(context, nodeType, { id: '1', name: 'Kyma API', type: 'kymaApi', data: credential }).runNode();
		return 'Connection successful!';
	} catch (caught) {
		const { message, cause } = caught as { message: string; cause?: { response?: { status: number } } };
		const rule = test.rules?.find(({ properties }) => 'value' in properties && properties.value === cause?.response?.status);
		return String(rule?.properties.message ?? message);
	}
}
