import type { Workflow, WorkflowNode } from './workflow';

const webhook = (path: string): WorkflowNode => ({
	name: 'Webhook',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	position: [0, 0],
	webhookId: path,
	parameters: { path, httpMethod: 'POST', responseMode: 'responseNode' },
});

const kymaImage: WorkflowNode = {
	name: 'Kyma Image',
	type: 'n8n-nodes-kyma.kymaImage',
	typeVersion: 1,
	position: [220, 0],
	parameters: { operation: 'generate', prompt: '={{ $json.body.prompt }}', options: {} },
};

const respond = (parameters: Record<string, unknown>): WorkflowNode => ({
	name: 'Respond to Webhook',
	type: 'n8n-nodes-base.respondToWebhook',
	typeVersion: 1.1,
	position: [440, 0],
	parameters,
});

function toChain(name: string, nodes: WorkflowNode[]): Workflow {
	const links = nodes.slice(1).map((node, index) => {
		const source = nodes[index]?.name ?? '';
		return [source, { main: [[{ node: node.name, type: 'main', index: 0 }]] }] as const;
	});
	return { name, nodes, connections: Object.fromEntries(links) };
}

export const echo = toChain('Smoke: echo', [
	webhook('smoke-echo'),
	respond({ respondWith: 'json', responseBody: '={{ { "hello": $json.body.name } }}' }),
]);

export const image = toChain('Smoke: image', [
	webhook('smoke-image'),
	kymaImage,
	respond({ respondWith: 'binary', responseDataSource: 'set', inputFieldName: 'data' }),
]);

const trigger: WorkflowNode = {
	name: 'Manual Trigger',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

export const manual = toChain('Smoke: manual', [trigger, { ...kymaImage, parameters: { ...kymaImage.parameters, prompt: 'A red fox' } }]);

export const endless = toChain('Smoke: stop', [
	trigger,
	{
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		position: [220, 0],
		parameters: { amount: 60 },
	},
]);
