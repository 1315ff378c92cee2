/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import assert from 'node:assert/strict';
import { FormData } from 'undici';
import sharp from 'sharp';

import { startChatModel } from '../chatModel';
import { readExamples } from '../host/dev-instance';
import { outputOf } from '../host/execution';
import type { Execution } from '../host/execution';
import { send } from '../host/session';
import type { Workflow } from '../host/workflow';
import { execute, publish } from '../world';
import type { Scenario, World } from '../world';

async function readExample(name: string): Promise<Workflow> {
	const found = (await readExamples()).find((example) => example.name === name);
	assert.ok(found, `there is no example "${name}"`);
	return found;
}

/** Presses Execute on an example that starts by hand. */
async function executeExample(world: World, name: string, change: (workflow: Workflow) => Workflow = (same) => same): Promise<Execution> {
	const execution = await execute(world, change(await readExample(name)));
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	return execution;
}

async function webhookToImage(world: World): Promise<void> {
	await publish(world, await readExample('Webhook to image'));
	const answer = await world.client.callWebhook('kyma-image', { json: { prompt: 'A paper boat' } });
	assert.ok(answer.bytes.equals(await world.kyma.imageFor(world.kyma.jobs.at(-1)?.id ?? '')), answer.text().slice(0, 300));
	const refused = await world.client.callWebhook('kyma-image', { json: { prompt: '' } });
	assert.equal(refused.statusCode, 422);
	assert.match(refused.text(), /Prompt: it is empty/);
}

async function productPhotos(world: World): Promise<void> {
	const execution = await executeExample(world, 'Product photos from a sheet, with a spend limit');
	const photos = outputOf(execution, 'Product photo');
	const refused = outputOf(execution, 'Product photo', { branch: 1 });
	assert.deepEqual([photos.length, refused.length], [3, 1]);
	assert.match(String(refused[0]?.json.error), /^Max Spend/);
	assert.deepEqual(
		photos.map(({ binary }) => binary?.data?.fileName),
		['B-100.png', 'L-200.png', 'C-300.png'],
	);
}

async function logoAsSvg(world: World): Promise<void> {
	const execution = await executeExample(world, 'Logo as SVG');
	assert.match(String(outputOf(execution, 'Logo as text')[0]?.json.svg), /<svg/);
}

/** The example waits 20 s for the real models; here a second does. */
const hurry = (workflow: Workflow): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => (node.name === 'Wait' ? { ...node, parameters: { ...node.parameters, amount: 1 } } : node)),
});

async function submitAndCollect(world: World): Promise<void> {
	const execution = await executeExample(world, 'Submit now, collect later', hurry);
	assert.equal(outputOf(execution, 'Submit')[0]?.binary, undefined);
	assert.equal(outputOf(execution, 'Use the image')[0]?.binary?.data?.mimeType, 'image/png');
	assert.equal(world.kyma.jobs.length, 1);
}

async function batchWithErrors(world: World): Promise<void> {
	const execution = await executeExample(world, 'Batch with the error branch');
	assert.equal(outputOf(execution, 'Images').length, 4);
	assert.match(String(outputOf(execution, 'List of failures')[0]?.json.reason), /^Prompt: it is empty/);
	assert.equal(world.kyma.jobs.length, 4, 'the retries of the failed item made other jobs again');
}

const getWebhookId = ({ nodes }: Workflow, type: string) => String(nodes.find((node) => node.type.endsWith(type))?.webhookId);

async function editByForm(world: World): Promise<void> {
	const saved = await publish(world, await readExample('Edit an uploaded photo'));
	const url = `${world.client.url}/form/${getWebhookId(saved, 'formTrigger')}`;
	while ((await send(url)).statusCode === 404) await new Promise((resolve) => setTimeout(resolve, 200));
	const photo = await sharp({ create: { width: 48, height: 48, channels: 3, background: '#3060c0' } })
		.png()
		.toBuffer();
	const form = new FormData();
	form.set('field-0', new File([new Uint8Array(photo)], 'photo.png', { type: 'image/png' }));
	form.set('field-1', 'Make it snow');
	const answer = await send(url, { method: 'POST', body: form });
	assert.equal(answer.statusCode, 200, answer.text().slice(0, 300));
	await openFormEnd(answer.json<{ formWaitingUrl: string }>().formWaitingUrl);
	const [newest] = await world.client.listExecutions({ workflowId: saved.id });
	const execution = await world.client.getExecution(newest?.id ?? '');
	assert.equal(outputOf(execution, 'Change the photo')[0]?.binary?.data?.fileName, 'changed.png');
	assert.equal(world.kyma.jobs.at(-1)?.sources[0]?.byteLength, photo.length);
}

/** What the form's page does in a browser: it asks how far the workflow has come, and then for the last page. */
async function openFormEnd(formWaitingUrl: string): Promise<void> {
	const status = new URL(formWaitingUrl);
	status.pathname += '/n8n-execution-status';
	while ((await send(status.href)).text() === 'running') await new Promise((resolve) => setTimeout(resolve, 200));
	const page = await send(formWaitingUrl);
	assert.match(page.text(), /Done/, page.text().slice(0, 300));
}

async function agentWithTool(world: World): Promise<void> {
	const model = await startChatModel();
	try {
		const openAi = await world.client.saveCredential({ name: 'Scripted', type: 'openAiApi', data: { apiKey: 'none', url: model.url } });
		const credentials = { ...world.instance.credentials, openAiApi: openAi };
		const workflow = withOwnCredentials(await readExample('AI agent with the image tool'));
		const saved = await world.client.importWorkflow(workflow, credentials);
		await world.client.activate(saved);
		const body = { action: 'sendMessage', sessionId: 'e2e', chatInput: 'Draw a lighthouse' };
		await world.client.callWebhook(`${getWebhookId(saved, 'chatTrigger')}/chat`, { json: body });
		assertToolAnswer(world, model.toolAnswers);
	} finally {
		await model.close();
	}
}

/** A chat is public only when it says so; nodes of the example get this instance's credentials by type. */
const withOwnCredentials = (workflow: Workflow): Workflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => {
		if (node.type.endsWith('chatTrigger')) return { ...node, parameters: { ...node.parameters, public: true } };
		if (node.type.endsWith('lmChatOpenAi')) return { ...node, credentials: { openAiApi: { id: '', name: '' } } };
		if (node.type.endsWith('kymaImageTool')) return { ...node, credentials: { kymaApi: { id: '', name: '' } } };
		return node;
	}),
});

function assertToolAnswer({ kyma }: World, answers: string[]): void {
	const job = kyma.jobs.at(-1);
	assert.equal(answers.length, 1, 'the tool was not called once');
	assert.match(answers[0] ?? '', new RegExp(`"jobId":"${job?.id ?? 'no job'}"`));
	assert.match(answers[0] ?? '', /"url":"http/);
	assert.equal((job?.request as { prompt?: string } | undefined)?.prompt, 'A lighthouse at dusk');
}

export const exampleScenarios: Scenario[] = [
	{ name: 'example "Webhook to image" answers with the image, or with the reason', run: webhookToImage },
	{ name: 'example "Product photos from a sheet" keeps its limit', run: productPhotos },
	{ name: 'example "Logo as SVG" gives the SVG as text', run: logoAsSvg },
	{ name: 'example "Submit now, collect later" makes one job and fetches its image', run: submitAndCollect },
	{ name: 'example "Batch with the error branch" delivers the good and lists the bad', run: batchWithErrors },
	{ name: 'example "Edit an uploaded photo" takes the photo of a form', run: editByForm },
	{ name: 'example "AI agent with the image tool" gets JSON with the address and the job id', run: agentWithTool },
];
