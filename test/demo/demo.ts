/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
// Runs a workflow of two Kyma Image nodes in n8n's own engine: one image is generated, then edited.
import '../engine/setup';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { INodeExecutionData } from 'n8n-workflow';

import { buildNode, connect, readBinary, runWorkflow } from '../engine/engine';
import type { EngineResult } from '../engine/engine';
import { startSimulator } from '../simulator';

const OUTPUT_FOLDER = path.resolve('demo-output');
const PROMPT = 'A red bicycle leaning on a white wall, morning light';
const CHANGE = 'Put the bicycle on a beach at sunset';

const print = (line: string) => process.stdout.write(`${line}\n`);

type Api = { baseUrl: string; apiKey: string; close: () => Promise<void> };

/** The real API when there is a key for it, else the bundled simulator. */
async function openApi(): Promise<Api> {
	const { KYMA_API_KEY: apiKey, KYMA_BASE_URL: baseUrl = 'https://kymaapi.com/v1' } = process.env;
	if (apiKey) {
		print(`Using the real API at ${baseUrl}: two images of nano-banana, about $0.09.`);
		return { baseUrl, apiKey, close: async () => {} };
	}
	const simulator = await startSimulator({ imageLongSidePx: 1024, speed: 0.3 });
	print('Using the bundled Kyma simulator (set KYMA_API_KEY to use the real API).');
	return { baseUrl: simulator.url, apiKey: simulator.apiKey, close: async () => await simulator.close() };
}

const credentials = { credentials: { kymaApi: { id: '1', name: 'Kyma API' } } };
const model = { __rl: true, mode: 'list', value: 'nano-banana' };
const nodes = [
	buildNode('Start', 'test.start'),
	buildNode(
		'Generate',
		'n8n-nodes-kyma.kymaImage',
		{ operation: 'generate', model, prompt: PROMPT, options: { fileName: 'generated' } },
		credentials,
	),
	buildNode(
		'Edit',
		'n8n-nodes-kyma.kymaImage',
		{ operation: 'edit', model, prompt: CHANGE, inputType: 'binary', binaryPropertyName: 'data', options: { fileName: 'edited' } },
		credentials,
	),
	buildNode('Done', 'test.pass'),
];

async function save(item: INodeExecutionData | undefined): Promise<void> {
	const binary = item?.binary?.data;
	const bytes = await readBinary(binary);
	const file = path.join(OUTPUT_FOLDER, binary?.fileName ?? 'image');
	await writeFile(file, bytes);
	print(`  ${path.relative('.', file)}  ${binary?.mimeType}, ${bytes.length} bytes, job ${item?.json.jobId}, $${item?.json.costUsd}`);
}

async function report({ run }: EngineResult): Promise<void> {
	const { error, runData } = run.data.resultData;
	if (error) {
		print(`The workflow failed: ${error.message}\n${error.description ?? ''}`);
		process.exitCode = 1;
		return;
	}
	await mkdir(OUTPUT_FOLDER, { recursive: true });
	print(`The workflow succeeded in ${(Date.now() - run.startedAt.getTime()) / 1000} s. Images in ./demo-output:`);
	for (const name of ['Generate', 'Edit']) await save(runData[name]?.[0]?.data?.main?.[0]?.[0]);
}

async function main(): Promise<void> {
	const api = await openApi();
	print("Running Start → Generate → Edit → Done in n8n's engine…");
	try {
		const connections = connect('Start', 'Generate', 'Edit', 'Done');
		await report(await runWorkflow({ ...api, parameters: {}, nodes, connections, executionId: `demo-${Date.now()}` }));
	} finally {
		await api.close();
	}
}

void main();
