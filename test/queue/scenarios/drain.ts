/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { audit } from '../audit';
import { reviveWorker, startedBy } from '../cluster';
import { countAtFirst, placeOrder, tallyFailures } from '../orders';
import { range, until } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const JOB_MS = 8_000;
const ORDERS = 6;

/** A worker is asked to end (SIGTERM), as in an update of the installation, while its jobs run. */
async function askToEnd(world: World): Promise<Figures> {
	const { kyma, cluster } = world;
	await haveWorkers(world, 2);
	resetKyma(world, JOB_MS);
	const before = new Map(cluster.workers.map((worker) => [worker, startedBy(worker).length]));
	const caller = { url: cluster.main.n8n.url, path: 'queue-image', timeoutMs: 60_000 };
	const orders = range(ORDERS).map(async (index) => await placeOrder(caller, `drain-${index}`));
	await until('all jobs are submitted', 20_000, () => kyma.jobs.length === ORDERS);
	const leaving = cluster.workers.find((worker) => startedBy(worker).length > (before.get(worker) ?? 0));
	assert.ok(leaving);
	const askedAt = Date.now();
	leaving.n8n.kill('SIGTERM');
	await leaving.n8n.exited;
	const endedAfterS = Math.round((Date.now() - askedAt) / 100) / 10;
	const deliveries = await Promise.all(orders);
	await reviveWorker(cluster, leaving);
	const books = await audit(kyma, deliveries);
	const figures = { endedAfterS, atFirst: countAtFirst(deliveries), failures: tallyFailures(deliveries), ...books };
	assert.deepEqual([books.wrong, figures.atFirst, books.replays], [[], ORDERS, 0], JSON.stringify(figures));
	return figures;
}

export const drain: Scenario = {
	key: 'drain',
	isQuick: false,
	title: 'a worker that is asked to end finishes what it has in hand: every first call is answered',
	run: askToEnd,
};
