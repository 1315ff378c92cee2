/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync, readdirSync } from 'node:fs';
import os from 'node:os';

/** Linux counts processor time in ticks of 10 ms. */
const TICK_MS = 10;

type ProcessTime = { pid: number; parent: number; cpuMs: number };

/** A process's parent and the processor time it has used so far; undefined when it is gone. */
function readProcess(pid: number): ProcessTime | undefined {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
		return { pid, parent: Number(fields[1]), cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
	} catch {
		return undefined;
	}
}

/** Processor time of each process with its children, unless they are asked about themselves; milliseconds. */
function readFamiliesMs(pids: readonly number[]): number[] {
	const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []));
	const isOf = (family: number) => (each: ProcessTime) => each.pid === family || (each.parent === family && !pids.includes(each.pid));
	return pids.map((family) => all.filter(isOf(family)).reduce((sum, { cpuMs }) => sum + cpuMs, 0));
}

function readMachine(): { busyMs: number; totalMs: number } {
	const times = os.cpus().map((core) => core.times);
	const totalMs = times.reduce((sum, each) => sum + each.user + each.nice + each.sys + each.irq + each.idle, 0);
	return { busyMs: totalMs - times.reduce((sum, { idle }) => sum + idle, 0), totalMs };
}

export type CpuUse = {
	/** Of the whole machine, 0 to 1: by anybody, and by the processes asked about. */
	machineBusy: number;
	ownBusy: number;
	/** Of each process with its children, milliseconds, in the order of the process ids. */
	processMs: number[];
};

/** Begins to measure; the function it returns ends it. */
export function watchCpu(pids: readonly number[]): () => CpuUse {
	const before = { machine: readMachine(), processes: readFamiliesMs(pids) };
	return () => {
		const after = readMachine();
		const totalMs = Math.max(1, after.totalMs - before.machine.totalMs);
		const processMs = readFamiliesMs(pids).map((ms, index) => ms - (before.processes[index] ?? 0));
		const ownMs = processMs.reduce((sum, ms) => sum + ms, 0);
		return { machineBusy: (after.busyMs - before.machine.busyMs) / totalMs, ownBusy: ownMs / totalMs, processMs };
	};
}
