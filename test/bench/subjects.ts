/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { INode, INodeType } from 'n8n-workflow';

import { buildNode, connect } from '../engine/engine';
import type { EngineOptions } from '../engine/engine';
import { buildLoop } from './loop';
import { Sequential } from './sequential';
import type { Order, Subject } from './types';

/** Seconds between two polls in the hand-built loop: as often as Kyma asks for at most. */
const LOOP_WAIT_SECONDS = 2;

function buildKyma({ builtDir, options = {}, model = 'nano-banana' }: Order): Partial<EngineOptions> {
	const load = createRequire(__filename);
	const built = load(path.join(builtDir, 'nodes', 'KymaImage', 'KymaImage.node.js')) as { KymaImage: new () => INodeType };
	return {
		nodeTypes: { 'n8n-nodes-kyma.kymaImage': new built.KymaImage() },
		parameters: {
			operation: 'generate',
			model: { __rl: true, mode: 'id', value: model },
			prompt: '={{ $json.prompt }}',
			options,
		} as INode['parameters'],
	};
}

function buildSequential({ url }: Order, intervalMs: number): Partial<EngineOptions> {
	const credentials = { kymaApi: { id: '1', name: 'Kyma API' } };
	return {
		nodeTypes: { 'test.sequential': new Sequential() },
		nodes: [
			buildNode('Start', 'test.start'),
			buildNode('Sequential', 'test.sequential', { intervalMs, baseUrl: url }, { credentials }),
			buildNode('Done', 'test.pass'),
		],
		connections: connect('Start', 'Sequential', 'Done'),
	};
}

function build(order: Order): Partial<EngineOptions> {
	const { url, apiKey, n8nNodesDir = '' } = order;
	const builders: Record<Subject, () => Partial<EngineOptions>> = {
		kyma: () => buildKyma(order),
		sequential2s: () => buildSequential(order, 2_000),
		sequential5s: () => buildSequential(order, 5_000),
		loop: () => buildLoop(n8nNodesDir, url, apiKey, LOOP_WAIT_SECONDS),
	};
	return builders[order.subject]();
}

/** The workflow of a subject; each ends in a node named Done, which gets the images. */
export const buildWorkflowOf = (order: Order): EngineOptions => ({
	parameters: {},
	baseUrl: order.url,
	apiKey: order.apiKey,
	...build(order),
});
