/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

import { writeFormatted } from '../package/format';
import { CHECKOUT } from './child';
import { toMarkdown } from './markdown';
import { toSvg } from './plot';
import { runSuite } from './suite';
import type { Results } from './suite';
import { judge } from './targets';
import type { Verdict } from './targets';

type Flags = { runs: number; only?: string; small?: boolean; out?: string };

function toRuns(text: string): number {
	const runs = Number(text);
	if (!Number.isInteger(runs) || runs < 1) throw new InvalidArgumentError('Not a whole number above 0.');
	return runs;
}

const program = new Command('bench')
	.description("Runs Kyma Image and what it is compared with in n8n's engine, against the simulator, and writes down what it took")
	.option('--runs <n>', 'runs of each measurement', toRuns, 3)
	.option('--only <names>', 'comma-separated: one, four, hundred, tier0, waits, memory, items, sizes, cpu, startup, requests')
	.option('--small', 'a few seconds: checks that the benchmark runs')
	.option('--out <folder>', 'where to write bench.json, bench.svg and README.md (default: bench/results, for a whole run only)');

const print = (text: string) => void process.stdout.write(`${text}\n`);
const progress = (line: string) => void process.stderr.write(`${line}\n`);

/** What the figures depend on, without anything that tells one machine from another. */
const describe = (runs: number) => ({
	date: new Date().toISOString().slice(0, 10),
	node: process.version,
	platform: `${process.platform} ${process.arch}`,
	cpus: os.cpus().length,
	runs,
});

async function write(folder: string, runs: number, results: Results, verdicts: Verdict[]): Promise<void> {
	await writeFormatted(path.join(folder, 'bench.json'), JSON.stringify({ on: describe(runs), verdicts, ...results }));
	await writeFile(path.join(folder, 'bench.svg'), `${toSvg(results)}\n`);
	const { date, node, platform, cpus } = describe(runs);
	const about = `Measured on ${date}, Node.js ${node} on ${platform}, ${cpus} CPUs: medians of ${runs} runs (min–max). Made by \`npm run bench\`; [What was run, and what it means](../../docs/performance.md).`;
	const tables = toMarkdown(results, verdicts);
	await writeFormatted(path.join(folder, 'README.md'), `# Benchmark\n\n${about}\n\n![Plot of the tables below](bench.svg)\n\n${tables}\n`);
	progress(`Written: ${path.relative(CHECKOUT, folder)}`);
}

async function main(): Promise<void> {
	const flags = program.parse().opts<Flags>();
	const runs = flags.small ? 1 : flags.runs;
	const only = flags.only?.split(',').map((name) => name.trim());
	const results = await runSuite({ runs, only, small: flags.small ?? false, onProgress: progress });
	const verdicts = flags.small ? [] : judge(results);
	print(toMarkdown(results, verdicts));
	const isWhole = only === undefined && !flags.small;
	const folder = flags.out ?? (isWhole ? path.join(CHECKOUT, 'bench', 'results') : undefined);
	if (folder) await write(path.resolve(folder), runs, results, verdicts);
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
