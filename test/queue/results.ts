/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { NEWEST_HOST } from '../e2e/host/hosts';

/** What the figures depend on, without anything that tells one machine from another. */
export const describeMachine = () => ({
	date: new Date().toISOString().slice(0, 10),
	n8n: NEWEST_HOST,
	platform: `${process.platform} ${process.arch}`,
	cpus: os.cpus().length,
	memoryGb: Math.round(os.totalmem() / 2 ** 30),
	postgres: 'fsync off',
	redis: 'append-only file, everysec',
});

export async function writeResults(file: string, results: object): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, `${JSON.stringify(results, null, '\t')}\n`);
}
