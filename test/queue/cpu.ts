/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import os from 'node:os';

/** Linux counts processor time in ticks of 10 ms. */
const TICK_MS = 10;

/** Processor time of one process so far, milliseconds; 0 where the system does not tell. */
function readCpuMs(pid: number): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
		return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
	} catch {
		return 0;
	}
}

function readMachine(): { busyMs: number; totalMs: number } {
	const times = os.cpus().map((core) => core.times);
	const totalMs = times.reduce((sum, each) => sum + each.user + each.nice + each.sys + each.irq + each.idle, 0);
	return { busyMs: totalMs - times.reduce((sum, { idle }) => sum + idle, 0), totalMs };
}

export type CpuUse = {
	/** Of the whole machine, 0 to 1. */
	busyShare: number;
	/** Of each process, milliseconds, in the order of the process ids. */
	processMs: number[];
};

/** Begins to measure; the function it returns ends it. */
export function watchCpu(pids: readonly number[]): () => CpuUse {
	const before = { machine: readMachine(), processes: pids.map(readCpuMs) };
	return () => {
		const { busyMs, totalMs } = readMachine();
		return {
			busyShare: (busyMs - before.machine.busyMs) / Math.max(1, totalMs - before.machine.totalMs),
			processMs: pids.map((pid, index) => readCpuMs(pid) - (before.processes[index] ?? 0)),
		};
	};
}
