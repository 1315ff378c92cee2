/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
// A thousand jobs through n8n's own engine under every fault the simulator has; ends with 1 when a promise was broken.
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from 'commander';

import { audit } from './audit';
import { listFaults } from './faults';
import { openPool } from './pool';
import { describeStorm, listFindings, listStrikes, toTable } from './report';
import { runInPool } from './runner';
import { runStorm } from './storm';
import type { Evidence } from './types';

type Options = { jobs: string; seed: string; concurrency: string; workers: string; faults?: true; dump?: string };

const print = (text: string) => process.stdout.write(`${text}\n`);

program
	.name('chaos')
	.option('--jobs <number>', 'jobs to be made at least', '1000')
	.option('--seed <number>', 'seed of everything random', String(randomInt(1, 100_000)))
	.option('--concurrency <number>', 'executions at once', '10')
	.option('--workers <number>', 'worker processes', '2')
	.option('--faults', 'list how often each fault struck')
	.option('--dump <file>', 'write the evidence to a file, as JSON');

function createTicker(): (text: string) => void {
	let next = 0;
	return (text) => {
		if (Date.now() < next) return;
		next = Date.now() + 10_000;
		print(`  ${text}`);
	};
}

/** Queue workers share their folder and their key: so do these. */
async function storm(options: Options): Promise<Evidence> {
	const folder = await mkdtemp(path.join(tmpdir(), 'kyma-chaos-'));
	const env = { N8N_USER_FOLDER: folder, N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'), CHAOS_SEED: options.seed };
	const pool = openPool(Number(options.workers), env);
	try {
		const [seed, jobs, concurrency] = [options.seed, options.jobs, options.concurrency].map(Number) as [number, number, number];
		const evidence = await runStorm({ seed, jobs, concurrency, onProgress: createTicker() }, runInPool(pool));
		return { ...evidence, requestSightings: [...evidence.requestSightings, ...pool.listSightings()] };
	} finally {
		pool.close();
		await rm(folder, { recursive: true, force: true });
	}
}

function report(evidence: Evidence, options: Options, tookMs: number): boolean {
	const verdicts = audit(evidence);
	const quiet = listFaults('http://localhost').filter(({ name }) => !evidence.strikes.has(name));
	print(`\n${describeStorm(evidence)}\n\n${toTable(verdicts)}\n\nTook ${Math.round(tookMs / 1000)} s.`);
	if (options.faults) print(listStrikes(evidence));
	if (quiet.length > 0) print(`Faults that never struck: ${quiet.map(({ name }) => name).join('; ')}`);
	const isKept = verdicts.every(({ findings }) => findings.length === 0);
	if (!isKept) print(`\n${listFindings(verdicts)}\n\nReplay: npm run test:chaos -- --seed ${options.seed} --jobs ${options.jobs}`);
	return isKept;
}

async function main(): Promise<void> {
	const options = program.parse().opts<Options>();
	const startedAt = Date.now();
	print(`Chaos with seed ${options.seed}: ${options.jobs} jobs`);
	const evidence = await storm(options);
	if (options.dump) await writeFile(options.dump, JSON.stringify(evidence, null, '\t'));
	process.exitCode = report(evidence, options, Date.now() - startedAt) ? 0 : 1;
}

void main();
