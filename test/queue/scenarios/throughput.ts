/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import assert from 'node:assert/strict';
import { quantile } from 'simple-statistics';

import { audit } from '../audit';
import { startedBy } from '../cluster';
import type { Cluster } from '../cluster';
import { watchCpu } from '../cpu';
import type { CpuUse } from '../cpu';
import { placeOrder } from '../orders';
import type { Delivery } from '../orders';
import { inParallel, range } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const CALLS_AT_ONCE = 20;

const round = (value: number, digits = 2) => Number(value.toFixed(digits));

/** The driver (caller and simulator), the services, main, and then the workers. */
const listPids = ({ postgres, redis, main, workers }: Cluster) => [
	...[process.pid, postgres.pid(), redis.pid(), main.n8n.pid],
	...workers.map(({ n8n }) => n8n.pid),
];

function describeCpu({ machineBusy, ownBusy, processMs }: CpuUse, calls: number) {
	const [driver = 0, postgres = 0, redis = 0, main = 0, ...workers] = processMs.map((ms) => ms / calls);
	const cpuMsPerCall = { driver, postgres, redis, main, workers: workers.reduce((sum, ms) => sum + ms, 0) };
	const rounded = Object.entries(cpuMsPerCall).map(([name, ms]) => [name, round(ms, 0)]);
	return { machineBusy: round(machineBusy), ownBusy: round(ownBusy), cpuMsPerCall: Object.fromEntries(rounded) as typeof cpuMsPerCall };
}

/** Calls the webhook `count` times, twenty at once. */
async function callMany({ cluster }: World, count: number, series: string): Promise<Delivery[]> {
	const caller = { url: cluster.main.n8n.url, path: 'queue-image' };
	return await inParallel(range(count), CALLS_AT_ONCE, async (index) => await placeOrder(caller, `${series}-${index}`));
}

/** Every answer is right, every job was charged once, and nobody was idle. */
async function check({ kyma, sizes: { calls } }: World, deliveries: Delivery[], shares: number[]): Promise<void> {
	const { wrong, delivered, jobs, charged, replays } = await audit(kyma, deliveries);
	assert.deepEqual(wrong, []);
	assert.deepEqual([delivered, jobs, charged, replays], [calls, calls, calls, 0]);
	assert.ok(Math.min(...shares) > 0, `A worker did nothing: ${shares.join(', ')}`);
}

/** Throughput, latency, and who did the work, after every slot has been used once. */
async function measure(world: World, jobMs: number, series: string): Promise<Figures> {
	const { cluster, sizes } = world;
	resetKyma(world, jobMs);
	await callMany(world, cluster.workers.length * cluster.concurrency, `${series}-warm`);
	resetKyma(world, jobMs);
	const before = cluster.workers.map((worker) => startedBy(worker).length);
	const stopWatch = watchCpu(listPids(cluster));
	const startedAt = performance.now();
	const deliveries = await callMany(world, sizes.calls, series);
	const wallMs = performance.now() - startedAt;
	const cpu = describeCpu(stopWatch(), sizes.calls);
	const callsPerWorker = cluster.workers.map((worker, index) => startedBy(worker).length - (before[index] ?? 0));
	await check(world, deliveries, callsPerWorker);
	const latencies = deliveries.map(({ tries }) => tries[0]?.ms ?? 0);
	const [p50Ms, p95Ms] = [0.5, 0.95].map((share) => Math.round(quantile(latencies, share)));
	return { workers: cluster.workers.length, callsPerSecond: round(sizes.calls / (wallMs / 1_000)), p50Ms, p95Ms, callsPerWorker, ...cpu };
}

const withRatios = (rows: Figures[]): Figures[] =>
	rows.map((row) => ({ ...row, ratio: round(Number(row.callsPerSecond) / Number(rows[0]?.callsPerSecond)) }));

async function climb(world: World): Promise<Figures> {
	const waiting: Figures[] = [];
	const working: Figures[] = [];
	const counts = world.sizes.isQuick ? [world.sizes.workers] : range(world.sizes.workers).map((index) => index + 1);
	for (const count of counts) {
		await haveWorkers(world, count);
		waiting.push(await measure(world, 2_000, `w${count}`));
		if (!world.sizes.isQuick) working.push(await measure(world, 0, `c${count}`));
	}
	const { concurrency } = world.cluster;
	return { calls: world.sizes.calls, atOnce: CALLS_AT_ONCE, concurrency, jobsOf2s: withRatios(waiting), jobsOf0s: withRatios(working) };
}

export const throughput: Scenario = {
	key: 'throughput',
	isQuick: true,
	title: 'every call gets its own image, every job is charged once, and all workers take part',
	run: climb,
};
