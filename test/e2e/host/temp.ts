/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folders = new Set<string>();

export type TempFolder = { path: string; remove: () => Promise<void> };

/** A temporary folder that is removed on demand, and at the latest when this process exits. */
export async function makeTempFolder(prefix: string): Promise<TempFolder> {
	const folder = await mkdtemp(path.join(tmpdir(), prefix));
	if (folders.size === 0) {
		process.on('exit', () => {
			folders.forEach((left) => rmSync(left, { recursive: true, force: true, maxRetries: 2 }));
		});
	}
	folders.add(folder);
	const remove = async () => {
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
		folders.delete(folder);
	};
	return { path: folder, remove };
}
