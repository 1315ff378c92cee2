/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';
import { quantile } from 'simple-statistics';

import { audit } from '../audit';
import { startedBy } from '../cluster';
import { watchCpu } from '../cpu';
import type { CpuUse } from '../cpu';
import { placeOrder } from '../orders';
import { inParallel, range } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const CALLS_AT_ONCE = 20;

const round = (value: number, digits = 2) => Number(value.toFixed(digits));

function describeCpu({ busyShare, processMs }: CpuUse, calls: number) {
	const [mainMs = 0, ...workersMs] = processMs.map((ms) => ms / calls);
	const workerMs = workersMs.reduce((sum, ms) => sum + ms, 0);
	return { machineBusy: round(busyShare), mainCpuMsPerCall: round(mainMs, 0), workersCpuMsPerCall: round(workerMs, 0) };
}

/** Calls the webhook as often as asked, and checks every answer; throughput, latency, and who did the work. */
async function measure(world: World, jobMs: number, series: string): Promise<Figures> {
	const { kyma, cluster, sizes } = world;
	resetKyma(world, jobMs);
	const caller = { url: cluster.main.n8n.url, path: 'queue-image' };
	await inParallel(
		range(cluster.workers.length * cluster.concurrency),
		CALLS_AT_ONCE,
		async (index) => await placeOrder(caller, `${series}-warm-${index}`),
	);
	resetKyma(world, jobMs);
	const before = cluster.workers.map((worker) => startedBy(worker).length);
	const stopWatch = watchCpu([cluster.main.n8n.pid, ...cluster.workers.map(({ n8n }) => n8n.pid)]);
	const startedAt = performance.now();
	const deliveries = await inParallel(range(sizes.calls), CALLS_AT_ONCE, async (index) => await placeOrder(caller, `${series}-${index}`));
	const wallMs = performance.now() - startedAt;
	const cpu = stopWatch();
	const books = await audit(kyma, deliveries);
	const shares = cluster.workers.map((worker, index) => startedBy(worker).length - (before[index] ?? 0));
	assert.deepEqual(books.wrong, []);
	assert.deepEqual([books.delivered, books.jobs, books.charged, books.replays], [sizes.calls, sizes.calls, sizes.calls, 0]);
	assert.ok(Math.min(...shares) > 0, `A worker did nothing: ${shares.join(', ')}`);
	const latencies = deliveries.map(({ tries }) => tries[0]?.ms ?? 0);
	return {
		workers: cluster.workers.length,
		callsPerSecond: round(sizes.calls / (wallMs / 1_000)),
		p50Ms: Math.round(quantile(latencies, 0.5)),
		p95Ms: Math.round(quantile(latencies, 0.95)),
		callsPerWorker: shares,
		...describeCpu(cpu, sizes.calls),
	};
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
