/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { outputOf } from '../../e2e/host/execution';
import { audit } from '../audit';
import { killWorker, reviveWorker, startedBy } from '../cluster';
import { placeOrder } from '../orders';
import { until } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const JOB_MS = 6_000;
const ORDER = 'two-steps';

/** The job's ID as the killed execution shows it, in the output of the node that submitted. */
async function readJobId({ cluster }: World, executionId: string): Promise<string> {
	const execution = await cluster.main.client.getExecution(executionId);
	return String(outputOf(execution, 'Kyma Image')[0]?.json.jobId);
}

async function killDuringFetch(world: World): Promise<Figures> {
	const { kyma, cluster } = world;
	await haveWorkers(world, 2);
	resetKyma(world, JOB_MS);
	const before = new Map(cluster.workers.map((worker) => [worker, startedBy(worker).length]));
	const { url } = cluster.main.n8n;
	const unheard = placeOrder({ url, path: 'queue-two-steps', timeoutMs: 15_000 }, ORDER);
	await until('the job is polled', 20_000, () => kyma.requests.some(({ route }) => route === 'poll'));
	const victim = cluster.workers.find((worker) => startedBy(worker).length > (before.get(worker) ?? 0));
	assert.ok(victim);
	await killWorker(victim);
	const jobId = await readJobId(world, startedBy(victim).at(-1) ?? '');
	assert.equal(jobId, kyma.jobs[0]?.id);
	const fetched = await placeOrder({ url, path: 'queue-fetch' }, ORDER, { jobId });
	const [{ bytes }] = await Promise.all([unheard, reviveWorker(cluster, victim)]);
	assert.equal(bytes, undefined);
	const books = await audit(kyma, [fetched]);
	assert.deepEqual(books.wrong, []);
	return { shownInExecution: true, ...books };
}

export const twoSteps: Scenario = {
	key: 'two-steps',
	isQuick: false,
	title: 'submitted in one node and fetched in the next, with saved progress: the killed execution names its job, Get Image Job brings it',
	run: killDuringFetch,
};
