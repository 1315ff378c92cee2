import type { Workflow, WorkflowNode } from './host/workflow';

type Parameters = Record<string, unknown>;

export const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Parameters = {},
	more: Partial<WorkflowNode> = {},
): WorkflowNode => ({
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});

export const webhook = (path: string): WorkflowNode =>
	node(
		'Webhook',
		'n8n-nodes-base.webhook',
		2,
		{ path, httpMethod: 'POST', responseMode: 'responseNode', options: {} },
		{ webhookId: path },
	);

export const start = node('Start', 'n8n-nodes-base.manualTrigger', 1);

export const kymaImage = (parameters: Parameters = {}, more: Partial<WorkflowNode> = {}): WorkflowNode =>
	node(
		'Kyma Image',
		'n8n-nodes-kyma.kymaImage',
		1,
		{ operation: 'generate', model: byId('nano-banana'), prompt: '={{ $json.body.prompt }}', options: {}, ...parameters },
		more,
	);

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const respondBinary = node('Respond', 'n8n-nodes-base.respondToWebhook', 1.1, {
	respondWith: 'binary',
	responseDataSource: 'set',
	inputFieldName: 'data',
	options: {},
});

export const respondItems = node('Respond', 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'allIncomingItems', options: {} });

const link = (target: string) => [{ node: target, type: 'main', index: 0 }];

/** Nodes one after another, each at its place on the canvas. */
export function chain(name: string, ...nodes: WorkflowNode[]): Workflow {
	const placed = nodes.map((each, index): WorkflowNode => ({ ...each, position: [index * 220, 0] }));
	const links = placed.slice(0, -1).map((each, index) => [each.name, { main: [link(placed[index + 1]?.name ?? '')] }] as const);
	return { name, nodes: placed, connections: Object.fromEntries(links) };
}

/** A chain whose Kyma Image node has an error branch to one more node. */
export function withErrorBranch(workflow: Workflow, target: WorkflowNode): Workflow {
	const { main } = workflow.connections['Kyma Image'] as { main: unknown[] };
	const connections = { ...workflow.connections, 'Kyma Image': { main: [main[0], link(target.name)] } };
	return { ...workflow, nodes: [...workflow.nodes, target], connections };
}
