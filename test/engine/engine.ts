import { Container } from '@n8n/di';
import { BinaryDataService, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import type {
	IBinaryData,
	IConnections,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow, createRunExecutionData } from 'n8n-workflow';

import { KymaApi } from '../../credentials/KymaApi.credentials';
import { KymaImage } from '../../nodes/KymaImage/KymaImage.node.ts';
import { MemoryCredentials } from './credentials';

/** Hands its input on: stands for the trigger before the node and for whatever comes after it. */
class PassThrough implements INodeType {
	description = {
		displayName: 'Pass Through',
		name: 'passThrough',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Pass Through' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	} as INodeType['description'];

	async execute(this: IExecuteFunctions) {
		return [this.getInputData()];
	}
}

class Start extends PassThrough {
	description = { ...new PassThrough().description, name: 'start', group: ['trigger'], inputs: [] } as INodeType['description'];
}

export type EngineOptions = {
	baseUrl: string;
	apiKey: string;
	/** Parameters of the Kyma Image node, as a saved workflow holds them. */
	parameters: INode['parameters'];
	input?: INodeExecutionData[];
	/** Settings of the node: onError, retryOnFail, maxTries, … */
	settings?: Partial<INode>;
	executionId?: string;
	/** Called with the way to press Stop once the run has begun. */
	onStart?: (stop: () => void) => void;
	/** Nodes and connections other than the plain chain Start → Kyma Image → Done. */
	nodes?: INode[];
	connections?: IConnections;
	nodeTypes?: Record<string, INodeType>;
	/** Address of this n8n as its signed URLs show it. */
	instanceUrl?: string;
};

export type EngineResult = {
	run: IRun;
	/** Items of the node's main output. */
	items: INodeExecutionData[];
	/** Items of its error output. */
	errorItems: INodeExecutionData[];
	error?: { message: string; description?: string | null; httpCode?: string | null; context: Record<string, unknown> };
	hints: string[];
};

export const buildNode = (name: string, type: string, parameters: INode['parameters'] = {}, extra: Partial<INode> = {}): INode => ({
	id: `id-${name}`,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...extra,
});

export const connect = (...names: string[]): IConnections =>
	Object.fromEntries(
		names.slice(0, -1).map((name, i) => [name, { main: [[{ node: names[i + 1] as string, type: NodeConnectionTypes.Main, index: 0 }]] }]),
	);

function buildWorkflow({ parameters, settings, nodes, connections, nodeTypes }: EngineOptions): Workflow {
	const types: Record<string, INodeType> = {
		'test.start': new Start(),
		'test.pass': new PassThrough(),
		'n8n-nodes-kyma.kymaImage': new KymaImage(),
		...nodeTypes,
	};
	const chain = [
		buildNode('Start', 'test.start'),
		buildNode('Kyma Image', 'n8n-nodes-kyma.kymaImage', parameters, {
			credentials: { kymaApi: { id: '1', name: 'Kyma API' } },
			...settings,
		}),
		buildNode('Done', 'test.pass'),
	];
	const registry = {
		getByName: (type: string) => types[type],
		getByNameAndVersion: (type: string, version?: number) => NodeHelpers.getVersionedNodeType(types[type] as INodeType, version),
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	return new Workflow({
		id: 'workflow-1',
		name: 'Test',
		nodes: nodes ?? chain,
		connections: connections ?? connect('Start', 'Kyma Image', 'Done'),
		nodeTypes: registry,
		active: false,
		settings: { executionOrder: 'v1' },
	});
}

function buildAdditionalData(options: EngineOptions, workflow: Workflow): IWorkflowExecuteAdditionalData {
	const { executionId = '1', instanceUrl = 'http://localhost' } = options;
	const data = {
		id: 'workflow-1',
		name: 'Test',
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
		active: false,
	};
	return {
		executionId,
		restApiUrl: `${instanceUrl}/rest`,
		instanceBaseUrl: `${instanceUrl}/`,
		webhookBaseUrl: `${instanceUrl}/webhook`,
		webhookWaitingBaseUrl: `${instanceUrl}/webhook-waiting`,
		webhookTestBaseUrl: `${instanceUrl}/webhook-test`,
		formWaitingBaseUrl: `${instanceUrl}/form-waiting`,
		variables: {},
		currentNodeExecutionIndex: 0,
		hooks: new ExecutionLifecycleHooks('manual', executionId, data as never),
		credentialsHelper: new MemoryCredentials(new KymaApi(), { apiKey: options.apiKey, baseUrl: options.baseUrl }),
		setExecutionStatus: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

const buildRunData = (workflow: Workflow, input: INodeExecutionData[]) =>
	createRunExecutionData({
		startData: {},
		resultData: { runData: {} },
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [{ node: (workflow.getStartNode() ?? workflow.nodes.Start) as INode, data: { main: [input] }, source: null }],
		},
	} as never);

/** Runs a workflow in n8n's own engine, with real credentials, expressions and binary storage, and reads its outcome. */
export async function runWorkflow(options: EngineOptions): Promise<EngineResult> {
	await Container.get(BinaryDataService).init();
	const workflow = buildWorkflow(options);
	const execute = new WorkflowExecute(
		buildAdditionalData(options, workflow),
		'manual',
		buildRunData(workflow, options.input ?? [{ json: {} }]),
	);
	const promise = execute.processRunExecutionData(workflow);
	options.onStart?.(() => promise.cancel());
	const run = (await promise) as IRun;
	const task = run.data.resultData.runData['Kyma Image']?.at(-1);
	return {
		run,
		items: task?.data?.main?.[0] ?? [],
		errorItems: task?.data?.main?.[1] ?? [],
		error: (task?.error ?? run.data.resultData.error) as unknown as EngineResult['error'],
		hints: (task?.hints ?? []).map(({ message }) => message),
	};
}

/** The bytes behind a binary field, wherever n8n keeps them. */
export async function readBinary(binary: IBinaryData | undefined): Promise<Buffer> {
	if (!binary) throw new Error('The item has no such binary field');
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** Puts bytes into n8n's binary storage, as a node before this one would have done. */
export async function storeBinary(bytes: Buffer, mimeType: string, fileName: string): Promise<IBinaryData> {
	const service = Container.get(BinaryDataService);
	await service.init();
	const location = { type: 'execution', workflowId: 'workflow-1', executionId: '1' } as const;
	return await service.store(location, bytes, { data: '', mimeType, fileName });
}
