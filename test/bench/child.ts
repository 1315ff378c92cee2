/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { spawnGroup } from '../e2e/host/processes';
import { startSimulatorProcess } from '../e2e/host/simulator';
import { makeTempFolder } from '../e2e/host/temp';
import type { Load, Measurement, Order, Subject } from './types';

export const CHECKOUT = path.resolve(__dirname, '..', '..');

/**
 * Runs a TypeScript file in a process of its own and parses the last line that it prints.
 * @throws Error with what it wrote to its standard error when it fails
 */
export async function runChild<T>(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
	const command = ['--import', 'tsx', path.join('test', 'bench', file), ...args];
	const child = spawnGroup(process.execPath, command, { cwd: CHECKOUT, env: { ...process.env, ...env } });
	const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	const last = output.trim().split('\n').at(-1) ?? '';
	if (code !== 0 || last === '') throw new Error(`${file} ended with ${String(code)}:\n${errors.slice(-2_000)}`);
	return JSON.parse(last) as T;
}

/** What every measurement of a run shares. */
export type Bench = { builtDir: string; n8nNodesDir?: string };

function toSimulatorArgs({ jobMs, tier = 4, imageBytes }: Load): string[] {
	const size = imageBytes === undefined ? [] : ['--image-bytes', String(imageBytes)];
	return [
		'--job-duration',
		String(jobMs),
		'--tier',
		String(tier),
		'--long-side',
		'64',
		'--balance',
		'1000000',
		'--seed',
		'1',
		'--same-picture',
		...size,
	];
}

/** One measurement: a fresh simulator, a fresh process with n8n's engine, a fresh folder for its binary store. */
export async function measure(bench: Bench, subject: Subject, load: Load, profile?: Order['profile']): Promise<Measurement> {
	const [simulator, folder] = await Promise.all([startSimulatorProcess(toSimulatorArgs(load)), makeTempFolder('kyma-bench-')]);
	const { url, apiKey } = simulator;
	const { items, jobMs, tier, imageBytes, options, model } = load;
	const order: Order = { ...bench, subject, items, jobMs, tier, imageBytes, options, model, url, apiKey, profile };
	try {
		return await runChild<Measurement>('worker.ts', [JSON.stringify(order)], {
			N8N_USER_FOLDER: folder.path,
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		});
	} finally {
		await Promise.all([simulator.stop(), folder.remove()]);
	}
}
