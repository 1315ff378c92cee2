import { signalGroup, stopGroup } from '../../e2e/host/processes';
import type { GroupLeader } from '../../e2e/host/processes';
import type { TempFolder } from '../../e2e/host/temp';
import { untilExited, untilReady } from './service';
import type { Service } from './service';

type Setup = {
	name: string;
	port: number;
	folder: TempFolder;
	/** Starts the process; the same each time. */
	spawn: () => GroupLeader;
	/** Which signal asks it to end. */
	signal: NodeJS.Signals;
};

/** Runs a server that can be crashed, halted and started again. */
export async function supervise({ name, port, folder, spawn, signal }: Setup): Promise<Service> {
	let child: GroupLeader | undefined;
	const start = async () => {
		child = spawn();
		await untilReady(child, port, name);
	};
	const halt = async () => {
		if (child) await stopGroup(child, { signal });
	};
	const crash = async () => {
		if (!child?.pid) return;
		signalGroup(child.pid, 'SIGKILL');
		await untilExited(child);
	};
	const stop = async () => {
		await halt();
		await folder.remove();
	};
	await start();
	return { port, pid: () => child?.pid ?? 0, start, halt, crash, stop };
}
