/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { outputOf } from '../../e2e/host/execution';
import { startedBy } from '../cluster';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';
import { byHand } from '../workflows';

/** What the editor does: tests the credential, runs the workflow, and shows the image that came of it. */
async function useEditor(world: World): Promise<Figures> {
	const { kyma, cluster } = world;
	const { client, credential, credentials } = cluster.main;
	await haveWorkers(world, 2);
	resetKyma(world, 500);
	const test = await client.testCredential(credential);
	assert.equal(test.status, 'OK', test.message);
	const executionId = await client.runWorkflow(await client.importWorkflow(byHand, credentials));
	const execution = await client.waitForExecution(executionId);
	assert.equal(execution.status, 'success', execution.data.resultData.error?.message);
	assert.ok(cluster.workers.flatMap(startedBy).includes(executionId), 'No worker ran it');
	const [item] = outputOf(execution, 'Kyma Image');
	const binary = item?.binary?.data;
	assert.ok(binary, 'There is no file in the output');
	const bytes = await client.downloadBinary(binary, 'view');
	assert.ok(bytes.equals(await kyma.imageFor(String(item?.json.jobId))), 'The editor shows another image');
	return { jobs: kyma.jobs.length, bytes: bytes.length };
}

export const editor: Scenario = {
	key: 'editor',
	isQuick: true,
	title: 'the Execute button runs the node on a worker, and the editor shows the image from there',
	run: useEditor,
};
