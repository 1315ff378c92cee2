/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { onShutdown, spawnGroup, stopGroup } from './processes';
import { CHECKOUT } from './pack';
import { tail } from './run';

export type SimulatorProcess = {
	/** Base URL for the credential. */
	url: string;
	apiKey: string;
	stop: () => Promise<void>;
};

/**
 * Starts the API simulator as a process of its own, on any free ports unless `args` (the options of its command
 * line) name them.
 * @throws Error with the end of its output when it ends before it has said where it listens.
 */
export async function startSimulatorProcess(args: readonly string[] = []): Promise<SimulatorProcess> {
	const command = ['--import', 'tsx', 'test/simulator/cli.ts', '--json', '--port', '0', '--image-port', '0', ...args];
	const child = spawnGroup(process.execPath, command, { cwd: CHECKOUT });
	let output = '';
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const stop = async () => {
		await stopGroup(child, { graceMs: 3_000 });
		forget();
	};
	const forget = onShutdown(stop);
	const lines = createInterface({ input: child.stdout });
	const [line] = (await Promise.race([once(lines, 'line'), once(child, 'close')])) as [unknown];
	if (typeof line !== 'string') throw new Error(`The simulator did not start:\n${tail(output)}`);
	const { url, apiKey } = JSON.parse(line) as { url: string; apiKey: string };
	return { url, apiKey, stop };
}
