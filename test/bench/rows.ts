import type { Case } from './cases';
import { summarize } from './stats';
import type { Stat } from './stats';
import type { Measurement, Subject, Traffic } from './types';

export type Sample = { id: string; subject: Subject; measurement: Measurement };

/** Several runs of one subject over one load. */
export type Outcome = {
	wallMs: Stat;
	cpuMs: Stat;
	peakRssMb: Stat;
	images: number;
	/** Why runs failed; the other figures then tell how far they came. */
	error?: string;
	/** Of each run. */
	traffic: Traffic[];
};

export type Row = Case & {
	outcomes: Partial<Record<Subject, Outcome>>;
};

/** CPU per item, milliseconds, from the profiler; `processMs` is the whole process by the operating system. */
export type CpuRow = { items: number; repeats: number; oursMs: Stat; oursSelfMs: Stat; n8nMs: Stat; nodeMs: Stat; processMs: Stat } & {
	byFileMs: Record<string, number>;
};

function toOutcome(measurements: Measurement[]): Outcome {
	const of = (read: (measurement: Measurement) => number) => summarize(measurements.map(read));
	return {
		wallMs: of(({ wallMs }) => wallMs),
		cpuMs: of(({ cpuMs }) => cpuMs),
		peakRssMb: of(({ peakRssMb }) => peakRssMb),
		images: Math.min(...measurements.map(({ images }) => images)),
		error: measurements.find(({ error }) => error !== undefined)?.error,
		traffic: measurements.map(({ traffic }) => traffic),
	};
}

export function toRow(entry: Case, samples: Sample[]): Row {
	const outcomes: Row['outcomes'] = {};
	for (const subject of entry.subjects) {
		const own = samples.filter((sample) => sample.id === entry.id && sample.subject === subject);
		if (own.length > 0) outcomes[subject] = toOutcome(own.map(({ measurement }) => measurement));
	}
	return { ...entry, outcomes };
}

const round = (ms: number) => Number(ms.toFixed(4));

/** Median over the runs of each file's share, dearest first. */
function toFiles(perRun: Array<Record<string, number>>): Record<string, number> {
	const files = [...new Set(perRun.flatMap((shares) => Object.keys(shares)))];
	const medians = files.map((file) => [file, round(summarize(perRun.map((shares) => shares[file] ?? 0)).median)] as const);
	return Object.fromEntries(medians.sort(([, a], [, b]) => b - a));
}

export function toCpuRow(items: number, repeats: number, measurements: Measurement[]): CpuRow {
	const done = items * repeats;
	const shares = measurements.flatMap(({ cpu }) => (cpu ? [cpu] : []));
	const perItem = (values: number[]) => summarize(values.map((ms) => ms / done));
	return {
		items,
		repeats,
		oursMs: perItem(shares.map(({ ours }) => ours)),
		oursSelfMs: perItem(shares.map(({ oursSelf }) => oursSelf)),
		n8nMs: perItem(shares.map(({ n8n }) => n8n)),
		nodeMs: perItem(shares.map(({ node, garbageCollector }) => node + garbageCollector)),
		processMs: perItem(measurements.map(({ cpuMs }) => cpuMs)),
		byFileMs: toFiles(
			shares.map(({ byFile }) => Object.fromEntries(Object.entries(byFile).map(([file, ms]) => [file.replace(/\.js$/, '.ts'), ms / done]))),
		),
	};
}
