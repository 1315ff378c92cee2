/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import path from 'node:path';

import { run } from '../e2e/host/run';
import { summarize } from './stats';
import type { Stat } from './stats';

export type Startup = { loadMs: Stat; /** Names of network calls made while loading. */ calls: string[] };

/** Loads the built node in fresh processes. */
export async function measureStartup(builtDir: string, runs: number): Promise<Startup> {
	const probes: Array<{ loadMs: number; calls: string[] }> = [];
	for (let index = 0; index < runs; index += 1) {
		const output = await run(process.execPath, [path.join(__dirname, 'startup-probe.cjs'), builtDir]);
		probes.push(JSON.parse(output) as { loadMs: number; calls: string[] });
	}
	return { loadMs: summarize(probes.map(({ loadMs }) => loadMs)), calls: probes.flatMap(({ calls }) => calls) };
}
