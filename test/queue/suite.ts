/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { ensureHost } from '../e2e/host/install';
import { currentTarball } from '../e2e/host/pack';
import { createProgress } from '../e2e/host/progress';
import { startSimulator } from '../simulator';
import { startCluster, stopCluster } from './cluster';
import { RESULTS_FILE, writeResults } from './results';
import { SCENARIOS } from './scenarios';
import { ensurePrograms } from './services/packages';
import { publishAll } from './world';
import type { Figures, Scenario, Sizes, World } from './world';

export type Flags = { quick: boolean; only?: string; calls?: number; kills?: number; out?: string };

/** What n8n itself warns below: it wants five jobs per worker at least. */
const CONCURRENCY = 5;
const FULL: Sizes = { calls: 200, kills: 10, workers: 3, imageBytes: [10_000, 1_000_000, 20_000_000], isQuick: false };
const QUICK: Sizes = { calls: 40, kills: 2, workers: 2, imageBytes: [10_000, 1_000_000], isQuick: true };

const progress = createProgress();
const print = (line: string) => void process.stdout.write(`${line}\n`);

export function toSizes({ quick, calls, kills }: Flags): Sizes {
	const sizes = quick ? QUICK : FULL;
	return { ...sizes, calls: calls ?? sizes.calls, kills: kills ?? sizes.kills };
}

export function chooseScenarios({ quick, only }: Flags): Scenario[] {
	const wanted = only?.split(',').map((key) => key.trim());
	const unknown = wanted?.filter((key) => !SCENARIOS.some((scenario) => scenario.key === key)) ?? [];
	if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. There are: ${SCENARIOS.map(({ key }) => key).join(', ')}`);
	return SCENARIOS.filter(({ key, isQuick }) => (wanted ? wanted.includes(key) : !quick || isQuick));
}

async function openWorld(sizes: Sizes): Promise<World> {
	const programs = await ensurePrograms(progress);
	await ensureHost(undefined, progress);
	await progress.step('Building and packing the package', currentTarball);
	const kyma = await startSimulator();
	const access = { baseUrl: kyma.url, apiKey: kyma.apiKey };
	const start = async () => await startCluster(programs, { access, concurrency: CONCURRENCY });
	const cluster = await progress.step('Starting Redis, PostgreSQL and n8n', start);
	const world = { kyma, cluster, programs, progress, sizes };
	await publishAll(cluster);
	return world;
}

type Outcome = { key: string; isGood: boolean; figures?: Figures };

async function runScenario(world: World, { key, title, run }: Scenario): Promise<Outcome> {
	const startedAt = Date.now();
	try {
		const figures = await run(world);
		print(`  ok    ${title} (${Math.round((Date.now() - startedAt) / 1_000)} s)\n        ${JSON.stringify(figures)}`);
		return { key, isGood: true, figures };
	} catch (caught) {
		print(`  FAIL  ${title}\n        ${caught instanceof Error ? (caught.stack ?? caught.message) : String(caught)}`);
		return { key, isGood: false };
	}
}

/** @returns whether every scenario came out well */
export async function runQueueTests(flags: Flags): Promise<boolean> {
	const scenarios = chooseScenarios(flags);
	const world = await openWorld(toSizes(flags));
	const outcomes: Outcome[] = [];
	try {
		for (const scenario of scenarios) outcomes.push(await runScenario(world, scenario));
	} finally {
		await progress.step('Stopping', async () => await stopCluster(world.cluster));
		await world.kyma.close();
	}
	const failed = outcomes.filter(({ isGood }) => !isGood).length;
	const isWhole = !flags.quick && flags.only === undefined && failed === 0;
	const file = flags.out ?? (isWhole ? RESULTS_FILE : undefined);
	const measured = outcomes.flatMap(({ key, figures }) => (figures ? [[key, figures] as const] : []));
	if (file) await writeResults(file, Object.fromEntries(measured));
	print(`${outcomes.length - failed} passed, ${failed} failed`);
	return failed === 0;
}
