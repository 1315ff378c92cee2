/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { ensureHost } from '../../e2e/host/install';
import { audit } from '../audit';
import { addWorker, killWorker, listRerun, startCluster, startedBy, stopCluster } from '../cluster';
import type { Cluster } from '../cluster';
import { countAtFirst, placeOrder, tallyFailures } from '../orders';
import { range, sleep, until } from '../parallel';
import { publishAll, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const VERSION = '1.123.81';
const JOB_MS = 6_000;
const ORDERS = 6;

/** A lost worker is noticed after seconds instead of a minute or two, so that the test is not longer than it must be. */
const IMPATIENT = { QUEUE_WORKER_LOCK_DURATION: '5000', QUEUE_WORKER_LOCK_RENEW_TIME: '1000', QUEUE_WORKER_STALLED_INTERVAL: '2000' };

async function start({ kyma, programs, progress, cluster }: World): Promise<Cluster> {
	await ensureHost(VERSION, progress);
	const options = {
		access: { baseUrl: kyma.url, apiKey: kyma.apiKey },
		concurrency: cluster.concurrency,
		env: IMPATIENT,
		version: VERSION,
	} as const;
	return await progress.step(`Starting n8n ${VERSION} with two workers`, async () => {
		const started = await startCluster(programs, options);
		await publishAll(started);
		for (const each of range(2)) await addWorker(started).catch((error: Error) => assert.fail(`Worker ${each + 1}: ${error.message}`));
		return started;
	});
}

/** Every caller waits for its first answer; one worker is killed while its jobs run, and never comes back. */
async function killAndWait(world: World, cluster: Cluster): Promise<Figures> {
	resetKyma(world, JOB_MS);
	const caller = { url: cluster.main.n8n.url, path: 'queue-image', timeoutMs: 120_000 };
	const orders = range(ORDERS).map(async (index) => await placeOrder(caller, `rerun-${index}`));
	await until('all jobs are submitted', 30_000, () => world.kyma.jobs.length === ORDERS);
	const victim = cluster.workers.find((worker) => startedBy(worker).length > 0);
	assert.ok(victim);
	await sleep(1_000);
	await killWorker(victim);
	const deliveries = await Promise.all(orders);
	const books = await audit(world.kyma, deliveries);
	const figures = {
		version: VERSION,
		rerunByN8n: listRerun(cluster).length,
		atFirst: countAtFirst(deliveries),
		failures: tallyFailures(deliveries),
	};
	assert.deepEqual(books.wrong, [], JSON.stringify(figures));
	assert.ok(figures.rerunByN8n > 0, 'n8n ran nothing again');
	assert.equal(books.replays, figures.rerunByN8n);
	return { ...figures, ...books };
}

export const rerun: Scenario = {
	key: 'rerun',
	isQuick: false,
	title: `n8n ${VERSION} runs the executions of a killed worker again by itself: they find the jobs that were paid for`,
	run: async (world) => {
		const cluster = await start(world);
		try {
			return await killAndWait(world, cluster);
		} finally {
			await stopCluster(cluster);
		}
	},
};
