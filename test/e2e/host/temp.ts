/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { watchOverProcess } from './processes';

const folders = new Set<string>();

export type TempFolder = { path: string; remove: () => Promise<void> };

let isWatching = false;

function removeOnExit(): void {
	if (isWatching) return;
	isWatching = true;
	// Without a handler of its own, a signal ends a process before it can tidy up.
	watchOverProcess();
	process.on('exit', () => {
		folders.forEach((left) => rmSync(left, { recursive: true, force: true, maxRetries: 2 }));
	});
}

/** A temporary folder that is removed on demand, and at the latest when this process exits. */
export async function makeTempFolder(prefix: string): Promise<TempFolder> {
	const folder = await mkdtemp(path.join(tmpdir(), prefix));
	removeOnExit();
	folders.add(folder);
	const remove = async () => {
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		folders.delete(folder);
	};
	return { path: folder, remove };
}
