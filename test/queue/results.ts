/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { CHECKOUT } from '../e2e/host/pack';
import { NEWEST_HOST } from '../e2e/host/hosts';
import { writeFormatted } from '../package/format';
import type { Figures } from './world';

/** What a whole run has measured, and where docs/scaling.md takes its tables from. */
export const RESULTS_FILE = path.join(CHECKOUT, 'bench', 'results', 'queue.json');

/** What the figures depend on, without anything that tells one machine from another. */
const describeMachine = () => ({
	n8n: NEWEST_HOST,
	platform: `${process.platform} ${process.arch}`,
	cpus: os.cpus().length,
	memoryGb: Math.round(os.totalmem() / 2 ** 30),
	postgres: 'fsync off',
	redis: 'append-only file, written each second',
});

export type Results = { on: ReturnType<typeof describeMachine>; [key: string]: unknown };

export async function readResults(file: string = RESULTS_FILE): Promise<Results | undefined> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	return text === undefined ? undefined : (JSON.parse(text) as Results);
}

/** Puts figures in the place of those that an earlier run has measured; what was not run this time stays. */
export async function writeResults(file: string, figures: Record<string, Figures>): Promise<void> {
	const date = new Date().toISOString().slice(0, 10);
	const dated = Object.entries(figures).map(([key, measured]) => [key, { date, ...measured }]);
	const results = { ...(await readResults(file)), on: describeMachine(), ...Object.fromEntries(dated) };
	await writeFormatted(file, JSON.stringify(results));
}
