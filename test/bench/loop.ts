/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { IExecuteFunctions, INode, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { cacheRoot } from '../e2e/host/cache';
import { HOSTS } from '../e2e/host/hosts';
import { buildNode, connect } from '../engine/engine';
import type { EngineOptions } from '../engine/engine';

/** The nodes of the newest n8n in the cache of the end-to-end tests; undefined when none is installed. */
export function findN8nNodes(): string | undefined {
	const folders = Object.entries(HOSTS).flatMap(([version, { node }]) =>
		[node.max, node.min].map((major) => path.join(cacheRoot(), `n8n-${version}-node${major}`)),
	);
	const installed = folders.filter((folder) => existsSync(path.join(folder, '.complete.json')));
	return installed.map((folder) => path.join(folder, 'node_modules', 'n8n-nodes-base', 'dist', 'nodes')).find(existsSync);
}

type Contextual = { execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]> };

const load = (dir: string, name: string): INodeType => {
	const module = createRequire(__filename)(path.join(dir, name, `${name}.node.js`)) as Record<string, new () => INodeType>;
	const NodeClass = module[name];
	if (!NodeClass) throw new Error(`${dir} has no node ${name}`);
	return new NodeClass();
};

/** The engine tells such a node by its class, which this n8n has a copy of its own of. */
function asPlainNode(node: INodeType): INodeType {
	const { execute } = node as unknown as Contextual;
	return {
		description: node.description,
		async execute(this: IExecuteFunctions) {
			return await execute.call(node, this);
		},
	};
}

const json = { response: { response: { responseFormat: 'json' } } };
const file = { response: { response: { responseFormat: 'file', outputPropertyName: 'data' } } };

function request(name: string, url: string, apiKey: string, more: INode['parameters']): INode {
	const headerParameters = { parameters: [{ name: 'Authorization', value: `Bearer ${apiKey}` }] };
	const auth = apiKey === '' ? {} : { sendHeaders: true, headerParameters };
	return buildNode(name, 'n8n-nodes-base.httpRequest', { url, ...auth, ...more }, { typeVersion: 4.2 });
}

const isSucceeded = {
	conditions: {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		conditions: [
			{
				id: 'status',
				leftValue: '={{ $json.status }}',
				rightValue: 'succeeded',
				operator: { type: 'string', operation: 'equals' },
			},
		],
		combinator: 'and',
	},
	options: {},
};

function buildNodes(url: string, apiKey: string, waitSeconds: number): INode[] {
	const jsonBody = '={{ { model: "nano-banana", prompt: $json.prompt } }}';
	const body = { method: 'POST', sendBody: true, contentType: 'json', specifyBody: 'json', jsonBody, options: json };
	return [
		buildNode('Start', 'test.start'),
		request('Submit', `${url}/images/generations`, apiKey, body),
		buildNode('Wait', 'n8n-nodes-base.wait', { resume: 'timeInterval', amount: waitSeconds, unit: 'seconds' }, { typeVersion: 1.1 }),
		request('Poll', `=${url}/jobs/{{ $json.id }}`, apiKey, { method: 'GET', options: json }),
		buildNode('Is Done', 'n8n-nodes-base.if', isSucceeded, { typeVersion: 2.2 }),
		request('Download', '={{ $json.output.url }}', '', { method: 'GET', options: file }),
		buildNode('Done', 'test.pass'),
	];
}

/** The workflow that n8n users build by hand today: submit, wait, ask, and back to the wait unless it is done. */
export function buildLoop(dir: string, url: string, apiKey: string, waitSeconds: number): Partial<EngineOptions> {
	const again = [{ node: 'Wait', type: NodeConnectionTypes.Main, index: 0 }];
	const done = [{ node: 'Download', type: NodeConnectionTypes.Main, index: 0 }];
	return {
		nodes: buildNodes(url, apiKey, waitSeconds),
		connections: {
			...connect('Start', 'Submit', 'Wait', 'Poll', 'Is Done'),
			...connect('Download', 'Done'),
			'Is Done': { main: [done, again] },
		},
		nodeTypes: {
			'n8n-nodes-base.httpRequest': load(dir, 'HttpRequest'),
			'n8n-nodes-base.wait': asPlainNode(load(dir, 'Wait')),
			'n8n-nodes-base.if': load(dir, 'If'),
		},
	};
}
