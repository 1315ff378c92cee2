/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/**
 * Children run in process groups of their own, and every group is ended with this process:
 * on a normal exit, on a crash, on Ctrl-C, and (through the reaper) even when it is killed with SIGKILL.
 */
const groups = new Set<number>();
const closers = new Set<() => Promise<void>>();
let reaperInput: Writable | undefined;
let shuttingDown = false;

const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Sends `signal` to a whole process group; a group that is already gone is fine. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-group, signal);
	} catch {
		// nothing left to signal
	}
}

function startReaper(): Writable {
	const reaper = spawn(process.execPath, [path.join(__dirname, 'reaper.mjs')], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	reaper.unref();
	const input = reaper.stdin;
	input.on('error', () => {});
	(input as unknown as { unref?: () => void }).unref?.();
	return input;
}

/** Whether a signal has come and everything is being stopped; this process exits as soon as that is done. */
export const isShuttingDown = (): boolean => shuttingDown;

async function shutDown(exitCode: number): Promise<never> {
	if (shuttingDown) process.exit(exitCode);
	shuttingDown = true;
	await Promise.allSettled([...closers].map(async (close) => await close()));
	process.exit(exitCode);
}

/** Makes sure that this process tidies up when it ends: from the first call on, signals lead to an orderly exit. */
export function watchOverProcess(): Writable {
	if (reaperInput) return reaperInput;
	reaperInput = startReaper();
	process.on('exit', () => groups.forEach((group) => signalGroup(group, 'SIGKILL')));
	for (const [signal, exitCode] of Object.entries(SIGNAL_EXIT_CODES)) {
		process.on(signal, () => void shutDown(exitCode));
	}
	return reaperInput;
}

function release(group: number): void {
	signalGroup(group, 'SIGKILL');
	if (groups.delete(group)) reaperInput?.write(`-${group}\n`);
}

export type GroupLeader = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a command as the leader of its own process group, and ends that group with this process. */
export function spawnGroup(command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv }): GroupLeader {
	const reaper = watchOverProcess();
	const child = spawn(command, [...args], {
		...options,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const group = child.pid;
	if (group === undefined) return child;
	groups.add(group);
	reaper.write(`+${group}\n`);
	child.once('exit', () => release(group));
	return child;
}

/**
 * Runs `close` when the user presses Ctrl-C (or on SIGTERM, SIGHUP), before this process exits.
 * A second signal exits at once. Returns a function that forgets `close` again.
 */
export function onShutdown(close: () => Promise<void>): () => void {
	watchOverProcess();
	closers.add(close);
	return () => closers.delete(close);
}

export type StopOptions = { graceMs?: number; signal?: NodeJS.Signals };

/** Asks a child started with `spawnGroup` to end, and ends its whole group when `graceMs` have passed. */
export async function stopGroup(child: ChildProcess, { graceMs = 10_000, signal = 'SIGTERM' }: StopOptions = {}): Promise<void> {
	const group = child.pid;
	if (group === undefined || child.exitCode !== null || child.signalCode !== null) return;
	const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const timer = setTimeout(() => signalGroup(group, 'SIGKILL'), graceMs);
	child.kill(signal);
	await exited;
	clearTimeout(timer);
}
