/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { IConnections, INode, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { KymaImage } from '../../nodes/KymaImage/KymaImage.node';
import { findModel } from '../../nodes/KymaImage/models';

type Example = { name: string; nodes: INode[]; connections: IConnections };

const FOLDER = path.resolve(__dirname, '..', '..', 'examples');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const examples = files.map((file) => {
	const example = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Example;
	return { ...example, file };
});

const { description } = new KymaImage();
const KYMA_TYPES = ['n8n-nodes-kyma.kymaImage', 'n8n-nodes-kyma.kymaImageTool'];
/** What n8n adds to a node that becomes a tool. */
const TOOL_PARAMETERS = ['descriptionType', 'toolDescription'];

const isKyma = ({ type }: INode) => KYMA_TYPES.includes(type);
const kymaNodes = examples.flatMap(({ file, nodes }) =>
	nodes.filter(isKyma).map((node) => [`${file}: ${node.name}`, node, nodes] as const),
);
const getNotes = (nodes: INode[]) => nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');

/** The parameters that the panel shows for a node, as it stands. */
const listShown = (node: INode): INodeProperties[] =>
	description.properties.filter((property) => NodeHelpers.displayParameter(node.parameters, property, node, description));

const listUnknown = (known: Array<{ name: string }>, names: string[]) =>
	names.filter((name) => !known.some((property) => property.name === name));

test('there are at least six examples, each under a name of its own', () => {
	expect(examples.length).toBeGreaterThanOrEqual(6);
	expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
});

test.each(examples)('$file has our node, and notes that explain it', ({ nodes }) => {
	expect(nodes.some(isKyma)).toBe(true);
	expect(getNotes(nodes).length).toBeGreaterThan(0);
	expect(getNotes(nodes).every(({ parameters }) => String(parameters.content).length > 40)).toBe(true);
});

test.each(examples)('$file gives every node an ID and a name of its own', ({ nodes }) => {
	expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
});

test.each(examples)('$file has connections that lead from node to node', ({ nodes, connections }) => {
	const names = nodes.map(({ name }) => name);
	const targets = Object.values(connections).flatMap((byType) => Object.values(byType).flatMap((outputs) => outputs.flat()));
	expect(targets.length).toBeGreaterThan(0);
	expect(
		[...Object.keys(connections), ...targets.map((target) => target?.node ?? 'nowhere')].filter((name) => !names.includes(name)),
	).toEqual([]);
});

test.each(examples)('$file leaves no node out of the flow', ({ nodes, connections }) => {
	const targets = Object.values(connections).flatMap((byType) => Object.values(byType).flatMap((outputs) => outputs.flat()));
	const joined = new Set([...Object.keys(connections), ...targets.map((target) => target?.node)]);
	expect(nodes.filter((node) => !joined.has(node.name) && !getNotes(nodes).includes(node)).map(({ name }) => name)).toEqual([]);
});

test.each(examples)('$file keeps its notes clear of its nodes', ({ nodes }) => {
	const notes = getNotes(nodes);
	const covered = nodes.filter(
		(node) =>
			!notes.includes(node) &&
			notes.some(({ position: [x, y], parameters: { width, height } }) => {
				const [left, top] = node.position;
				return left < x + Number(width) && left + 100 > x && top < y + Number(height) && top + 100 > y;
			}),
	);
	expect(covered.map(({ name }) => name)).toEqual([]);
});

test.each(examples)('$file holds no key, no account and no address of anybody', ({ file, nodes }) => {
	const text = readFileSync(path.join(FOLDER, file), 'utf8');
	expect(text).not.toMatch(/\b(ky|kyma|km|sk)-[A-Za-z\d]{12,}/);
	expect(text).not.toMatch(/https?:\/\/(?!example\.com)/);
	expect(nodes.flatMap(({ credentials = {} }) => Object.values(credentials)).every(({ id }) => id === '')).toBe(true);
});

test.each(kymaNodes)('%s has only parameters that the panel shows for its operation', (_, node) => {
	expect(listUnknown([...listShown(node), ...TOOL_PARAMETERS.map((name) => ({ name }))], Object.keys(node.parameters))).toEqual([]);
});

test.each(kymaNodes)('%s has only options that its operation has', (_, node) => {
	const collection = listShown(node).find(({ name }) => name === 'options');
	const options = (collection?.options ?? []) as INodeProperties[];
	expect(listUnknown(options, Object.keys((node.parameters.options ?? {}) as object))).toEqual([]);
});

test.each(kymaNodes)('%s passes the checks that n8n makes before it runs a node', (_, node) => {
	expect(NodeHelpers.getNodeParametersIssues(description.properties, { ...node, type: KYMA_TYPES[0] ?? '' }, description)).toBeNull();
	expect(node.credentials).toEqual({ kymaApi: { id: '', name: 'Kyma API' } });
	expect(node.typeVersion).toBe(description.version);
});

test.each(kymaNodes.filter(([, { parameters }]) => parameters.model))(
	'%s uses a known model, and a note says what it costs',
	(_, node, all) => {
		const { value } = node.parameters.model as { value: string };
		const { quality = 'medium' } = (node.parameters.options ?? {}) as { quality?: 'low' | 'medium' | 'high' };
		const price = findModel(value)?.priceUsd;
		const amount = typeof price === 'object' && 'low' in price ? price[quality] : price;
		const notes = getNotes(all).map(({ parameters }) => String(parameters.content));
		expect(notes.join('\n')).toMatch(new RegExp(`\\$${String(amount).replace('.', '\\.')}\\b`));
	},
);
