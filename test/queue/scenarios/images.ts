/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';
import path from 'node:path';

import { makeTempFolder } from '../../e2e/host/temp';
import { audit } from '../audit';
import { addWorker, removeWorker, startCluster, stopCluster } from '../cluster';
import type { Cluster } from '../cluster';
import { placeOrder, tallyFailures } from '../orders';
import type { Delivery } from '../orders';
import { watchPeakMb } from '../memory';
import { inParallel, range } from '../parallel';
import { haveWorkers, publishAll, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const PER_SIZE = 4;
const AT_ONCE = 2;

async function callFor(world: World, { main }: Cluster, imageBytes: number, name: string): Promise<Delivery[]> {
	resetKyma(world, 300, { imageBytes });
	const caller = { url: main.n8n.url, path: 'queue-image' };
	return await inParallel(range(PER_SIZE), AT_ONCE, async (index) => await placeOrder(caller, `${name}-${imageBytes}-${index}`));
}

/** Images of every size, through a worker into the store, and out of it through the main process. */
async function sendSizes(world: World, cluster: Cluster, name: string): Promise<Figures> {
	const sizes: Figures[] = [];
	for (const imageBytes of world.sizes.imageBytes) {
		const readPeaksMb = watchPeakMb([cluster.main.n8n.pid, ...cluster.workers.map(({ n8n }) => n8n.pid)]);
		const deliveries = await callFor(world, cluster, imageBytes, name);
		const [main, ...workers] = readPeaksMb();
		const books = await audit(world.kyma, deliveries);
		assert.deepEqual(books.wrong, [], JSON.stringify(tallyFailures(deliveries)));
		assert.ok(deliveries.every(({ bytes }) => bytes && bytes.length >= imageBytes));
		const slowestMs = Math.max(...deliveries.map(({ tries }) => tries[0]?.ms ?? 0));
		sizes.push({ imageBytes, intact: books.delivered, slowestMs, moreMemoryMb: { main, workers } });
	}
	return { sizes };
}

const toShared = (folder: string) => ({ N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', N8N_STORAGE_PATH: folder });

/** Files in a folder that every process sees; then, to see what happens, a worker that has a folder of its own. */
async function runFilesystem(world: World): Promise<Figures> {
	const { kyma, programs, cluster: base } = world;
	const folder = await makeTempFolder('kyma-shared-');
	const access = { baseUrl: kyma.url, apiKey: kyma.apiKey };
	const options = { access, concurrency: base.concurrency, env: toShared(path.join(folder.path, 'shared')) };
	const cluster = await world.progress.step('Starting another n8n, with files in a shared folder', async () => {
		const started = await startCluster(programs, options);
		await publishAll(started);
		await addWorker(started);
		return started;
	});
	try {
		const shared = await sendSizes(world, cluster, 'filesystem');
		for (const worker of [...cluster.workers]) await removeWorker(cluster, worker);
		await addWorker({ ...cluster, env: { ...cluster.env, ...toShared(path.join(folder.path, 'own')) } });
		const lonely = await callFor(world, cluster, 10_000, 'lonely');
		const { delivered, jobs, charged } = await audit(kyma, lonely);
		return { shared, notShared: { calls: PER_SIZE, delivered, jobs, charged, failures: tallyFailures(lonely) } };
	} finally {
		await stopCluster(cluster);
		await folder.remove();
	}
}

export const images: Scenario = {
	key: 'images',
	isQuick: true,
	title: 'images of every size arrive byte for byte through the database, which is what queue mode uses by default',
	run: async (world) => {
		await haveWorkers(world, 2);
		return await sendSizes(world, world.cluster, 'database');
	},
};

export const filesystem: Scenario = {
	key: 'filesystem',
	isQuick: false,
	title: 'images of every size arrive byte for byte through a folder that main and workers share',
	run: runFilesystem,
};
