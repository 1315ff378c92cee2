import type { Progress } from '../e2e/host/progress';
import type { Simulator } from '../simulator';
import { addWorker, isAlive, removeWorker, reviveWorker } from './cluster';
import type { Cluster } from './cluster';
import type { Programs } from './services/packages';
import { WORKFLOWS } from './workflows';

/** How much is done. */
export type Sizes = {
	calls: number;
	kills: number;
	/** Most workers in the scaling figures. */
	workers: number;
	imageBytes: number[];
	isQuick: boolean;
};

export type World = { kyma: Simulator; cluster: Cluster; programs: Programs; progress: Progress; sizes: Sizes };

/** Plain values that a scenario has measured; they go into the results as they are. */
export type Figures = { [name: string]: unknown };

/** One promise, told as a sentence. Rejects when it is not kept. */
export type Scenario = { key: string; title: string; isQuick: boolean; run: (world: World) => Promise<Figures> };

/** Starts or stops workers until there are exactly so many; one that a failed scenario has left dead is started again. */
export async function haveWorkers({ cluster, progress }: World, count: number): Promise<void> {
	for (const worker of cluster.workers) if (!isAlive(worker.n8n)) await reviveWorker(cluster, worker);
	while (cluster.workers.length > count) {
		const last = cluster.workers.at(-1);
		if (last) await removeWorker(cluster, last);
	}
	const missing = count - cluster.workers.length;
	if (missing <= 0) return;
	const label = missing === 1 ? 'Starting a worker' : `Starting ${missing} workers`;
	await progress.step(label, async () => {
		for (let left = missing; left > 0; left -= 1) await addWorker(cluster);
	});
}

/** A simulator that has forgotten everything before; jobs take exactly `jobMs`. */
export function resetKyma({ kyma }: World, jobMs: number, more: Parameters<Simulator['configure']>[0] = {}): void {
	kyma.reset();
	kyma.clearFaults();
	kyma.configure({ jobDurationMs: jobMs, ...more });
}

/** Saves and publishes every workflow of these tests. */
export async function publishAll({ main }: Cluster): Promise<void> {
	for (const workflow of WORKFLOWS) {
		await main.client.activate(await main.client.importWorkflow(workflow, main.credentials));
	}
}
