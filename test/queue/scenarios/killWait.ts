/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { audit } from '../audit';
import { killWorker, reviveWorker, startedBy } from '../cluster';
import type { Worker } from '../cluster';
import { placeOrder } from '../orders';
import { until } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const JOB_MS = 5_000;
/** n8n's lock of a minute, its check every 30 s and the half minute it then waits for a result, and a margin. */
const PATIENCE_MS = 200_000;

const NOT_DONE = ['new', 'running', 'unknown'];

/** What n8n says of an execution in the end, and how long after the kill it says it. */
async function watchExecution({ cluster }: World, id: string, killedAt: number): Promise<Figures> {
	const read = async () => await cluster.main.client.getExecution(id);
	await until(`execution ${id} is over`, PATIENCE_MS, async () => !NOT_DONE.includes((await read()).status));
	const overAfterMs = Date.now() - killedAt;
	const { status, data } = await read();
	const { error, runData } = data.resultData;
	return { status, error: error?.message, nodesWithData: Object.keys(runData), overAfterS: Math.round(overAfterMs / 1_000) };
}

/** Kills the worker that has begun the only order there is, while its job runs. @returns the worker, and the execution's id */
async function killInCharge(
	{ kyma, cluster }: World,
	before: ReadonlyMap<Worker, number>,
): Promise<{ victim: Worker; executionId: string }> {
	await until('the job is submitted', 20_000, () => kyma.jobs.length === 1);
	const victim = cluster.workers.find((worker) => startedBy(worker).length > (before.get(worker) ?? 0));
	assert.ok(victim);
	await killWorker(victim);
	return { victim, executionId: startedBy(victim).at(-1) ?? '' };
}

/** One order whose caller never gives up. With `isSameFolder` the worker comes back at once, in the folder it had. */
async function waitForNews(world: World, order: string, isSameFolder: boolean): Promise<Figures> {
	const { kyma, cluster } = world;
	await haveWorkers(world, 2);
	resetKyma(world, JOB_MS);
	const before = new Map(cluster.workers.map((worker) => [worker, startedBy(worker).length]));
	const caller = { url: cluster.main.n8n.url, path: 'queue-order', timeoutMs: PATIENCE_MS };
	const first = placeOrder(caller, order);
	const { victim, executionId } = await killInCharge(world, before);
	const news = Promise.all([first, watchExecution(world, executionId, Date.now())]);
	if (isSameFolder) await reviveWorker(cluster, victim);
	const [answer, execution] = await news;
	if (!isSameFolder) await reviveWorker(cluster, victim);
	const startedAgain = cluster.workers.flatMap(startedBy).filter((id) => id === executionId).length - 1;
	const second = await placeOrder(caller, order);
	const books = await audit(kyma, [second]);
	assert.deepEqual([books.wrong, startedAgain], [[], 0]);
	const [heard] = answer.tries;
	const callerHeard = { afterS: Math.round((heard?.ms ?? 0) / 1_000), statusCode: heard?.statusCode ?? null, text: heard?.text };
	return { callerHeard, execution, startedAgain, secondCallMs: second.tries[0]?.ms, ...books };
}

export const killWait: Scenario = {
	key: 'kill-wait',
	isQuick: false,
	title: 'n8n does not run the execution of a killed worker again; the same order number brings the image at no new charge',
	run: async (world) =>
		await world.progress.step('Waiting until n8n notices that a worker is gone, twice', async () => ({
			lostForGood: await waitForNews(world, 'lost-for-good', false),
			backInItsFolder: await waitForNews(world, 'back-in-its-folder', true),
		})),
};
