/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/**
 * By hand: `node --import tsx test/e2e/host/smoke.ts [version]`. Boots an n8n, sets it up, and calls one
 * workflow without our node and one with it, on the simulator.
 */
import assert from 'node:assert/strict';
import { outputOf } from './execution';
import { HOSTS, NEWEST_HOST, type HostVersion } from './hosts';
import { ensureHost } from './install';
import { startInstance, type Instance } from './instance';
import { currentTarball } from './pack';
import { createProgress } from './progress';
import { startSimulatorProcess } from './simulator';
import { echo, endless, image, manual } from './smoke-workflows';
import type { Workflow } from './workflow';

const { step } = createProgress();

async function publish({ client, credentials }: Instance, workflow: Workflow): Promise<void> {
	await client.activate(await client.importWorkflow(workflow, credentials));
}

async function callEcho(instance: Instance): Promise<void> {
	await publish(instance, echo);
	const answer = await instance.client.callWebhook('smoke-echo', { json: { name: 'Ada' } });
	assert.deepEqual([answer.statusCode, answer.json()], [200, { hello: 'Ada' }], answer.text());
}

async function testCredential({ client, credential }: Instance): Promise<void> {
	const test = await client.testCredential(credential);
	assert.equal(test.status, 'OK', test.message);
}

async function callImage(instance: Instance): Promise<void> {
	await publish(instance, image);
	const answer = await instance.client.callWebhook('smoke-image', {
		json: { prompt: 'A red fox' },
	});
	assert.equal(answer.statusCode, 200, answer.text().slice(0, 2_000));
	assert.match(String(answer.headers['content-type']), /^image\//, answer.text().slice(0, 2_000));
	const [execution] = await instance.client.listExecutions();
	assert.ok(execution);
	const { status } = await instance.client.waitForExecution(execution.id);
	assert.equal(status, 'success');
}

async function runManually({ client, credentials }: Instance): Promise<void> {
	const workflow = await client.importWorkflow(manual, credentials);
	const execution = await client.waitForExecution(await client.runWorkflow(workflow));
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	const binary = outputOf(execution, 'Kyma Image')[0]?.binary?.data;
	assert.ok(binary, 'The node put out no binary "data"');
	assert.ok((await client.downloadBinary(binary)).length > 0);
}

async function stopRunning({ client }: Instance): Promise<void> {
	const id = await client.runWorkflow(await client.importWorkflow(endless));
	await client.stopExecution(id);
	const { status } = await client.waitForExecution(id, 10_000);
	assert.equal(status, 'canceled');
}

async function main(version: HostVersion): Promise<void> {
	await ensureHost(version);
	await step('Building and packing the package', currentTarball);
	const simulator = await startSimulatorProcess(['--speed', '0.1']);
	const access = { baseUrl: simulator.url, apiKey: simulator.apiKey };
	const instance = await step(`Starting n8n ${version}`, async () => await startInstance(access, { version }));
	await step('A workflow without our node', async () => await callEcho(instance));
	await step('The credential test', async () => await testCredential(instance));
	await step('A workflow with our node', async () => await callImage(instance));
	await step('The same, run by hand', async () => await runManually(instance));
	await step('Stop', async () => await stopRunning(instance));
	await step('Stopping', async () => await instance.stop());
	await simulator.stop();
}

const wanted = process.argv[2] ?? NEWEST_HOST;
if (!(wanted in HOSTS)) throw new Error(`Known versions: ${Object.keys(HOSTS).join(', ')}`);
main(wanted as HostVersion).catch((error: Error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
