/* eslint-disable @n8n/community-nodes/no-restricted-globals */
// One measurement, in a process of its own: `worker.ts <order as JSON>` prints the measurement as one line of JSON.
import '../engine/setup';
import { runWorkflow } from '../engine/engine';
import type { EngineOptions } from '../engine/engine';
import { profile, toCpuShares } from './profile';
import { buildWorkflowOf } from './subjects';
import { toTraffic } from './traffic';
import type { Seen } from './traffic';
import type { Measurement, Order } from './types';

const RSS_EVERY_MS = 10;
const MB = 1024 * 1024;

async function control(order: Order, path: string, body?: object): Promise<unknown> {
	const url = new URL(`/simulator/${path}`, order.url);
	const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
	const response = await fetch(url, init);
	if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${path}`);
	return await response.json();
}

const toInput = (items: number) => Array.from({ length: items }, (_, index) => ({ json: { prompt: `A red bicycle, number ${index}` } }));

/** Runs the workflow once, and counts the images that reach its last node. */
async function runOnce(workflow: EngineOptions, items: number, executionId: string): Promise<{ images: number; error?: string }> {
	const { run } = await runWorkflow({ ...workflow, input: toInput(items), executionId });
	const delivered = (run.data.resultData.runData.Done ?? []).flatMap(({ data }) => data?.main?.[0] ?? []);
	const images = delivered.filter(({ binary }) => binary?.data !== undefined).length;
	return { images, error: run.data.resultData.error?.message };
}

/** Loads code, compiles it and opens the store, as in an n8n that has been running for a while. */
async function warmUp(order: Order, workflow: EngineOptions): Promise<void> {
	await control(order, 'configure', { jobDurationMs: 0, imageBytes: null });
	await runOnce(workflow, order.profile?.warmUpItems ?? 1, 'warm-up');
	await control(order, 'reset', {});
}

function watchRss(): () => number {
	let peak = process.memoryUsage.rss();
	const timer = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, RSS_EVERY_MS);
	return () => {
		clearInterval(timer);
		return Math.max(peak, process.memoryUsage.rss()) / MB;
	};
}

async function measure(order: Order, workflow: EngineOptions): Promise<Omit<Measurement, 'traffic'>> {
	const stopWatching = watchRss();
	const startedCpu = process.cpuUsage();
	const startedAt = performance.now();
	const outcome = await runOnce(workflow, order.items, '1');
	const wallMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(startedCpu);
	const peakRssMb = stopWatching();
	const maxRssMb = process.resourceUsage().maxRSS / 1024;
	return { wallMs, cpuMs: (user + system) / 1000, peakRssMb, maxRssMb, ...outcome };
}

/** The same under the profiler, repeated; all figures are then sums over the repeats. */
async function measureCpu(order: Order, workflow: EngineOptions, repeats: number): Promise<Omit<Measurement, 'traffic'>> {
	const total = { wallMs: 0, cpuMs: 0, peakRssMb: 0, maxRssMb: 0, images: 0 };
	const startedCpu = process.cpuUsage();
	const startedAt = performance.now();
	const taken = await profile(async () => {
		for (let repeat = 0; repeat < repeats; repeat += 1) {
			total.images += (await runOnce(workflow, order.items, `repeat-${repeat}`)).images;
		}
	});
	const { user, system } = process.cpuUsage(startedCpu);
	const cpu = toCpuShares(taken, order.builtDir);
	return { ...total, wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000, cpu };
}

async function main(): Promise<void> {
	const order = JSON.parse(process.argv[2] ?? '') as Order;
	const workflow = buildWorkflowOf(order);
	await warmUp(order, workflow);
	const measured = order.profile ? await measureCpu(order, workflow, order.profile.repeats) : await measure(order, workflow);
	const traffic = toTraffic((await control(order, 'requests')) as Seen[]);
	process.stdout.write(`\n${JSON.stringify({ ...measured, traffic })}\n`);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
		process.exit(1);
	},
);
