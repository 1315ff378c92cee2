/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import assert from 'node:assert/strict';

import { outputOf } from '../host/execution';
import { chain, kymaImage, node, respondBinary, start, webhook } from '../workflows';
import { execute, isNewest, lastExecution, publish } from '../world';
import type { Scenario, World } from '../world';

const STOP_WITHIN_MS = 3_000;

async function credentialTest(world: World): Promise<void> {
	const { client, kyma, instance } = world;
	const data = { apiKey: kyma.apiKey, baseUrl: kyma.url };
	assert.deepEqual(await client.testCredential(instance.credential, data), { status: 'OK', message: 'Connection successful!' });
	const wrong = await client.testCredential(instance.credential, { ...data, apiKey: 'ky-wrong' });
	// Older hosts say it in n8n's own words.
	const words = isNewest(world)
		? /^Kyma refused this API key\. Create a REST API key .+ at https:\/\/kymaapi\.com$/
		: /^Authorization failed/;
	assert.match(wrong.message, words);
	const mcp = await client.testCredential(instance.credential, { ...data, apiKey: 'km-123' });
	assert.match(mcp.message, /belongs to Kyma's MCP server/);
}

async function stopDuringWait(world: World): Promise<void> {
	const { client, kyma, instance } = world;
	kyma.configure({ jobDurationMs: 120_000 });
	const saved = await client.importWorkflow(chain('E2E stop', start, kymaImage({ prompt: 'slow' })), instance.credentials);
	const id = await client.runWorkflow(saved);
	while (!kyma.requests.some(({ route }) => route === 'poll')) await new Promise((resolve) => setTimeout(resolve, 50));
	const stoppedAt = Date.now();
	await client.stopExecution(id);
	const execution = await client.waitForExecution(id, STOP_WITHIN_MS);
	assert.equal(execution.status, 'canceled');
	const polls = kyma.requests.length;
	await new Promise((resolve) => setTimeout(resolve, 2_500));
	assert.equal(kyma.requests.length, polls, `n8n still asked for the job ${Date.now() - stoppedAt} ms after Stop`);
}

/** Two resets are survived within one try; the refused poll ends that try while the job is running, and n8n runs the node again. */
async function retryAfterReset(world: World): Promise<void> {
	world.kyma.configure({ jobDurationMs: 10_000 });
	world.kyma.addFault({ on: 'submit', kind: { type: 'resetAfter' }, times: 2 });
	world.kyma.addFault({ on: 'poll', kind: { type: 'status', status: 403 } });
	const retrying = kymaImage({ prompt: 'retry' }, { retryOnFail: true, maxTries: 3, waitBetweenTries: 100 });
	const execution = await execute(world, chain('E2E retry', start, retrying));
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	const routes = world.kyma.requests.map(({ route }) => route);
	assert.ok(routes.lastIndexOf('submit') > routes.indexOf('poll'), `n8n did not run the node again: ${routes.join(' ')}`);
	assert.equal(world.kyma.jobs.length, 1, 'more than one job was made for one wish');
	assert.equal(world.kyma.chargedUsd, 0.046);
}

async function subWorkflow(world: World): Promise<void> {
	const trigger = node('When called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });
	const content = chain('E2E child', trigger, kymaImage({ prompt: 'from a sub-workflow' }));
	// n8n 1 calls sub-workflows that are not active, and activates none without a trigger of its own.
	const isPublished = !world.version.startsWith('1.');
	const child = isPublished ? await publish(world, content) : await world.client.importWorkflow(content, world.instance.credentials);
	const call = node('Call', 'n8n-nodes-base.executeWorkflow', 1.2, {
		workflowId: { __rl: true, mode: 'id', value: child.id },
		workflowInputs: { mappingMode: 'defineBelow', value: {} },
		options: {},
	});
	await publish(world, chain('E2E parent', webhook('e2e-parent'), call, respondBinary));
	const answer = await world.client.callWebhook('e2e-parent', { json: {} });
	assert.equal(answer.headers['content-type'], 'image/png', answer.text().slice(0, 300));
	assert.ok(answer.bytes.equals(await world.kyma.imageFor(world.kyma.jobs.at(-1)?.id ?? '')));
}

async function binaryInStore(world: World): Promise<void> {
	const saved = await publish(world, chain('E2E store', webhook('e2e-store'), kymaImage(), respondBinary));
	await world.client.callWebhook('e2e-store', { json: { prompt: 'kept' } });
	const [item] = outputOf(await lastExecution(world, saved), 'Kyma Image');
	assert.ok(item?.binary?.data);
	// n8n 1 keeps files in memory unless told otherwise.
	assert.equal(item.binary.data.id === undefined, world.version.startsWith('1.'), 'the image is not where this n8n keeps files');
	assert.ok((await world.client.downloadBinary(item.binary.data, 'view')).equals(await world.kyma.imageFor(String(item.json.jobId))));
}

export const runScenarios: Scenario[] = [
	{ name: 'the credential test tells a good key, a wrong key and a key of the MCP server apart', run: credentialTest },
	{ name: 'Stop pressed during a wait cancels the execution and ends the polls', run: stopDuringWait },
	{ name: 'Retry On Fail under reset connections makes one job', run: retryAfterReset },
	{ name: 'a sub-workflow hands the image file back', run: subWorkflow },
	{ name: 'the image lies in the binary store and can be viewed from there', run: binaryInStore },
];
