/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';

const HEARTBEAT_MS = 5_000;
const STALE_AFTER_MS = 60_000;
const LOCK_POLL_MS = 500;

type Owner = { pid: number; host: string };

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function isAbandoned(lock: string): Promise<boolean> {
	const found = await stat(lock).catch(() => undefined);
	if (!found) return false;
	if (Date.now() - found.mtimeMs > STALE_AFTER_MS) return true;
	const owner = await readFile(lock, 'utf8')
		.then((text) => JSON.parse(text) as Owner)
		.catch(() => undefined);
	return owner?.host === hostname() && !isRunning(owner.pid);
}

async function tryLock(lock: string): Promise<boolean> {
	const owner: Owner = { pid: process.pid, host: hostname() };
	const isNew = await writeFile(lock, JSON.stringify(owner), { flag: 'wx' }).then(
		() => true,
		(error: NodeJS.ErrnoException) => {
			if (error.code === 'EEXIST') return false;
			throw error;
		},
	);
	if (isNew) return true;
	if (!(await isAbandoned(lock))) return false;
	// Renaming first means that only one of several waiters gets to remove an abandoned lock.
	const trash = `${lock}.${process.pid}.old`;
	await rename(lock, trash).catch(() => undefined);
	await rm(trash, { force: true });
	return await tryLock(lock);
}

const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs `task` while no other process holds the lock file `lock`. A lock whose owner died, or gave no sign
 * of life for a minute, is taken over. `onWait` is called once when somebody else holds it.
 */
export async function withLock<T>(lock: string, task: () => Promise<T>, onWait: () => void = () => {}): Promise<T> {
	await mkdir(path.dirname(lock), { recursive: true });
	for (let attempt = 0; !(await tryLock(lock)); attempt++) {
		if (attempt === 0) onWait();
		await sleep(LOCK_POLL_MS);
	}
	const heartbeat = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS);
	try {
		return await task();
	} finally {
		clearInterval(heartbeat);
		await rm(lock, { force: true });
	}
}
