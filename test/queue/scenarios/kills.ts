/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { audit } from '../audit';
import { killWorker, listRerun, logsOf, reviveWorker, startedBy } from '../cluster';
import type { Worker } from '../cluster';
import { countAtFirst, placeOrder, tallyFailures } from '../orders';
import type { Caller, Delivery } from '../orders';
import { range, sleep, until } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const JOB_MS = 3_000;
const ORDERS_PER_KILL = 6;
/** Kills fall between the first submit and the last answer: one after the other, this share of the job later. */
const MOMENTS = 10;

/** A caller with a patience of ten seconds, who then asks again. */
const toCaller = ({ cluster }: World, path: string): Caller => ({
	url: cluster.main.n8n.url,
	path,
	timeoutMs: 10_000,
	maxTries: 6,
	pauseMs: 500,
});

const countStarted = ({ cluster }: World) => cluster.workers.reduce((sum, worker) => sum + startedBy(worker).length, 0);

const finishedBy = (worker: Worker) => logsOf(worker).match(/Worker finished execution/g)?.length ?? 0;

/** @returns what the callers got, and how many executions the worker had in hand when it was killed */
async function killOnce(world: World, path: string, round: number): Promise<{ deliveries: Delivery[]; inHand: number }> {
	const { workers } = world.cluster;
	const victim = workers[round % workers.length];
	assert.ok(victim);
	const before = { started: countStarted(world), inHand: startedBy(victim).length - finishedBy(victim) };
	const orders = range(ORDERS_PER_KILL).map(async (index) => await placeOrder(toCaller(world, path), `${path}-${round}-${index}`));
	await until('all orders are being worked on', 20_000, () => countStarted(world) >= before.started + ORDERS_PER_KILL);
	await sleep(((round % MOMENTS) / MOMENTS) * JOB_MS);
	await killWorker(victim);
	const inHand = startedBy(victim).length - finishedBy(victim) - before.inHand;
	const [deliveries] = await Promise.all([Promise.all(orders), reviveWorker(world.cluster, victim)]);
	return { deliveries, inHand };
}

async function killMany(world: World, path: string, kills: number): Promise<Figures & { wrong: string[]; inHand: number }> {
	await haveWorkers(world, 2);
	resetKyma(world, JOB_MS);
	const deliveries: Delivery[] = [];
	let inHand = 0;
	for (const round of range(kills)) {
		const killed = await world.progress.step(`Killing a worker, ${round + 1} of ${kills}`, async () => await killOnce(world, path, round));
		deliveries.push(...killed.deliveries);
		inHand += killed.inHand;
	}
	const atFirst = countAtFirst(deliveries);
	return {
		kills,
		inHand,
		atFirst,
		failures: tallyFailures(deliveries),
		rerunByN8n: listRerun(world.cluster),
		...(await audit(world.kyma, deliveries)),
	};
}

/** With the order number as Idempotency Key, a caller who asks again gets the job that was paid for. */
export const kills: Scenario = {
	key: 'kills',
	isQuick: true,
	title: 'a worker is killed while it waits for jobs: the caller asks again and gets the image that was paid for, no job is paid twice',
	run: async (world) => {
		const figures = await killMany(world, 'queue-order', world.sizes.kills);
		assert.deepEqual(figures.wrong, []);
		assert.deepEqual(figures.rerunByN8n, []);
		assert.ok(figures.inHand > 0, 'No kill hit a worker that had an execution in hand');
		return figures;
	},
};

/** The other side of the same coin, and the proof that the books above would show a second charge. */
export const noKey: Scenario = {
	key: 'no-key',
	isQuick: false,
	title: 'without an Idempotency Key of its own, the same second call is a new execution and pays again',
	run: async (world) => {
		const figures = await killMany(world, 'queue-image', 2);
		const paidTwice = figures.wrong.filter((finding) => /2 jobs, 2 charged/.test(finding)).length;
		assert.ok(paidTwice > 0, 'No order was paid twice');
		return { ...figures, paidTwice };
	},
};
