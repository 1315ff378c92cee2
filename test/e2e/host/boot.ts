/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir } from 'node:fs/promises';
import { instanceUrl } from './env';
import { ensureHost, type Host } from './install';
import { planStart, type StartOptions } from './plan';
import { freePort } from './ports';
import { onShutdown, signalGroup, spawnGroup, stopGroup, type GroupLeader } from './processes';
import { waitUntilReady } from './ready';
import { tail } from './run';
import { makeTempFolder, type TempFolder } from './temp';

export type { StartOptions } from './plan';

const LOG_LIMIT_CHARS = 4_000_000;
const BOOT_TIMEOUT_MS = 180_000;

export type RunningN8n = {
	/** Address without a trailing slash; of a worker, its health check. */
	url: string;
	port: number;
	pid: number;
	userFolder: string;
	/** Everything it has written so far (the last few megabytes). */
	logs: () => string;
	/** Sends a signal to the n8n process alone; SIGKILL goes to its whole group, as when a machine is lost. */
	kill: (signal: NodeJS.Signals) => void;
	/** Ends it in an orderly way, then its group; removes a temporary user folder. Safe to call twice. */
	stop: () => Promise<void>;
	/** Resolves when the process has ended, for whatever reason. */
	exited: Promise<void>;
};

function captureLogs(child: GroupLeader): () => string {
	let text = '';
	const append = (chunk: Buffer) => {
		text = (text + chunk.toString()).slice(-LOG_LIMIT_CHARS);
	};
	child.stdout.on('data', append);
	child.stderr.on('data', append);
	return () => text;
}

async function prepareUserFolder(given?: string): Promise<TempFolder> {
	if (!given) return await makeTempFolder('kyma-n8n-');
	await mkdir(given, { recursive: true });
	return { path: given, remove: async () => {} };
}

function supervise(child: GroupLeader, folder: TempFolder): Pick<RunningN8n, 'exited' | 'kill' | 'stop'> {
	const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const kill: RunningN8n['kill'] = (signal) => {
		if (signal === 'SIGKILL' && child.pid) signalGroup(child.pid, signal);
		else child.kill(signal);
	};
	const stop = async () => {
		await stopGroup(child);
		await exited;
		await folder.remove();
		forget();
	};
	const forget = onShutdown(stop);
	return { exited, kill, stop };
}

async function launch(host: Host, options: StartOptions, folder: TempFolder): Promise<RunningN8n> {
	const userFolder = folder.path;
	const port = options.port ?? (await freePort());
	const { args, env } = planStart(host, process.env, {
		...options,
		userFolder,
		port,
		brokerPort: await freePort(),
	});
	const child = spawnGroup(host.node.bin, args, { cwd: userFolder, env });
	const logs = captureLogs(child);
	const url = instanceUrl(port);
	const { exited, kill, stop } = supervise(child, folder);
	const { command, bootTimeoutMs: timeoutMs = BOOT_TIMEOUT_MS } = options;
	await waitUntilReady({ child, url, command, timeoutMs }).catch(async ({ message }: Error) => {
		await stop();
		const end = tail(logs());
		throw new Error(`n8n ${host.version} did not start: ${message}. The end of its log:\n${end}`);
	});
	return { url, port, pid: child.pid ?? 0, userFolder, logs, kill, stop, exited };
}

/**
 * Starts an n8n process, installing it first when needed, and waits until it is ready. It ends with this
 * process, whatever ends that.
 * @throws Error with the end of its log when it exits early or is not ready within `bootTimeoutMs`.
 */
export async function startN8n(options: StartOptions = {}): Promise<RunningN8n> {
	const host = await ensureHost(options.version);
	return await launch(host, options, await prepareUserFolder(options.userFolder));
}
