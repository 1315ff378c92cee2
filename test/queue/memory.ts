/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync, writeFileSync } from 'node:fs';

const readMb = (pid: number, field: 'VmHWM' | 'VmRSS'): number => {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1_024;
};

/**
 * Begins to watch the memory of processes (Linux only); the function it returns tells how much more than at the
 * beginning each has had at its peak, MB.
 */
export function watchPeakMb(pids: readonly number[]): () => number[] {
	const before = pids.map((pid) => {
		// Makes the kernel forget the peak there was before.
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
		return readMb(pid, 'VmRSS');
	});
	return () => pids.map((pid, index) => Math.round(readMb(pid, 'VmHWM') - (before[index] ?? 0)));
}
