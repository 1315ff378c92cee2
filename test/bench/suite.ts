import { buildPackage } from './build';
import { simulateCadence } from './cadence';
import type { Cadence } from './cadence';
import { CPU_ITEMS, ITEMS, MEMORY, SIZES, SMALL, TABLE, WAITS, toCpuLoad } from './cases';
import type { Case } from './cases';
import { measure } from './child';
import type { Bench } from './child';
import { findN8nNodes } from './loop';
import { measureRequests } from './requests';
import type { RequestCost } from './requests';
import { toCpuRow, toRow } from './rows';
import type { CpuRow, Row, Sample } from './rows';
import { measureStartup } from './startup';
import type { Startup } from './startup';
import type { Subject } from './types';

export type SuiteOptions = { runs: number; small: boolean; only?: string[]; onProgress: (line: string) => void };

export type Results = {
	table: Row[];
	waits: Row[];
	memory: Row[];
	items: Row[];
	sizes: Row[];
	cpu: CpuRow[];
	startup?: Startup;
	cadence: Cadence[];
	requests: RequestCost[];
};

type Job = { entry: Case; subject: Subject };
type Context = SuiteOptions & { bench: Bench; samples: Sample[] };

/** Measurements that sleep nearly all the time may run side by side. */
const SIDE_BY_SIDE = 6;

const isPatient = ({ entry, subject }: Job) => subject.startsWith('sequential') || WAITS.includes(entry);

async function runJob({ bench, samples, onProgress }: Context, { entry, subject }: Job): Promise<void> {
	const measurement = await measure(bench, subject, entry);
	samples.push({ id: entry.id, subject, measurement });
	const outcome = measurement.error ?? `${(measurement.wallMs / 1000).toFixed(2)} s`;
	onProgress(`${entry.id} ${subject}: ${outcome}, ${measurement.peakRssMb.toFixed(0)} MB`);
}

/** Repeats of a case come one after the other over the whole table, so that a noisy minute does not hit one row alone. */
function toJobs(cases: Case[], runs: number, hasLoop: boolean): Job[] {
	const rounds = Array.from({ length: runs }, (_, round) =>
		cases.flatMap((entry) =>
			entry.subjects
				.filter((subject) => subject !== 'loop' || hasLoop)
				.filter((subject) => !subject.startsWith('sequential') || round < (entry.sequentialRuns ?? runs))
				.map((subject) => ({ entry, subject })),
		),
	);
	return rounds.flat();
}

async function runAll(context: Context, jobs: Job[], atOnce: number): Promise<void> {
	const waiting = [...jobs];
	const work = async () => {
		for (let job = waiting.shift(); job; job = waiting.shift()) await runJob(context, job);
	};
	await Promise.all(Array.from({ length: atOnce }, work));
}

async function measureCpu({ bench, runs, small, onProgress }: Context): Promise<CpuRow[]> {
	const rows: CpuRow[] = [];
	for (const items of small ? CPU_ITEMS.slice(0, 1) : CPU_ITEMS) {
		const repeats = small ? 1 : Math.max(1, Math.round(500 / items));
		const samples = [];
		for (let run = 0; run < runs; run += 1) {
			samples.push(await measure(bench, 'kyma', toCpuLoad(items), { repeats, warmUpItems: small ? 10 : 100 }));
		}
		rows.push(toCpuRow(items, repeats, samples));
		onProgress(`CPU of ${items} items: ${rows.at(-1)?.oursMs.median.toFixed(2)} ms per item`);
	}
	return rows;
}

/** Runs the benchmark, or the parts of it that `only` names. */
export async function runSuite(options: SuiteOptions): Promise<Results> {
	const { runs, small, only } = options;
	const isWanted = (id: string) => only === undefined || only.includes(id);
	const bench: Bench = { builtDir: await buildPackage(), n8nNodesDir: findN8nNodes() };
	const context: Context = { ...options, bench, samples: [] };
	const groups = small
		? { table: SMALL, waits: [], memory: [], items: [], sizes: [] }
		: { table: TABLE, waits: WAITS, memory: MEMORY, items: ITEMS, sizes: SIZES };
	const wanted = Object.entries(groups).flatMap(([group, entries]) => entries.filter(({ id }) => isWanted(group) || isWanted(id)));
	const cases = [...new Set(wanted)];
	const jobs = toJobs(cases, runs, bench.n8nNodesDir !== undefined);
	const hurried = jobs.filter((job) => !isPatient(job));
	await runAll(context, hurried, 1);
	const cpu = isWanted('cpu') ? await measureCpu(context) : [];
	const startup = isWanted('startup') ? await measureStartup(bench.builtDir, small ? 1 : 3 * runs) : undefined;
	const requests = isWanted('requests') && !small ? await measureRequests(500, runs) : [];
	await runAll(context, jobs.filter(isPatient), SIDE_BY_SIDE);
	const toRows = (entries: Case[]) => entries.filter((entry) => cases.includes(entry)).map((entry) => toRow(entry, context.samples));
	return {
		table: toRows(groups.table),
		waits: toRows(groups.waits),
		memory: toRows(groups.memory),
		items: toRows(groups.items),
		sizes: toRows(groups.sizes),
		cpu,
		startup,
		cadence: simulateCadence(),
		requests,
	};
}
