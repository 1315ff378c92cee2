/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
// Asks an API whether it is as the code takes it to be: the simulator always, the real one when KYMA_API_KEY is set.
import { createInterface } from 'node:readline/promises';

import { startSimulator } from '../simulator';
import type { Access } from './api';
import { CHECKS } from './checks';
import { loadPrices, toCost } from './prices';
import { summarize, toMarkdown } from './report';
import { runChecks } from './run';
import type { Prices, Result } from './types';

/** What one run against the real API may cost while the facts hold, USD. */
const LIMIT_USD = 0.1;

const print = (line = '') => void process.stdout.write(`${line}\n`);
/** Progress goes beside the report, so that the report alone can be piped into a file. */
const note = (line: string) => void process.stderr.write(`${line}\n`);
const usd = (amount: number) => `$${amount.toFixed(3)}`;

const report = ({ check, finding }: Result, done: number, all: number) =>
	note(`  ${done}/${all}  ${finding.verdict.padEnd(12)}  ${check.id}`);

async function checkSimulator(): Promise<Result[]> {
	const simulator = await startSimulator({ speed: 0.01 });
	note('Checking the simulator:');
	try {
		const access = { baseUrl: simulator.url, apiKey: simulator.apiKey };
		return await runChecks(access, await loadPrices(access.baseUrl), report);
	} finally {
		await simulator.close();
	}
}

async function confirm(baseUrl: string, prices: Prices): Promise<boolean> {
	const { costUsd, mostUsd } = toCost(CHECKS, prices);
	note(`\nChecking ${baseUrl} with your key.`);
	note(`It makes 5 images with ${prices.textModel} and ${prices.editModel}: ${usd(costUsd)} by today's prices.`);
	note(
		`It also sends what Kyma documents to refuse, or to make only once. Were all of that made and charged, it would be ${usd(mostUsd)}.`,
	);
	if (costUsd > LIMIT_USD) {
		note(`That is more than ${usd(LIMIT_USD)}: nothing was sent.`);
		return false;
	}
	if (process.argv.includes('--yes')) return true;
	const line = createInterface({ input: process.stdin, output: process.stderr });
	const answer = await line.question('Go on? (yes/no) ');
	line.close();
	return /^y(es)?$/i.test(answer.trim());
}

async function checkReal(access: Access): Promise<Result[] | undefined> {
	const prices = await loadPrices(access.baseUrl);
	if (await confirm(access.baseUrl, prices)) return await runChecks(access, prices, report);
	note('Nothing was sent with your key.');
	return undefined;
}

async function main(): Promise<void> {
	const simulated = await checkSimulator();
	print(toMarkdown('The simulator', simulated));
	const { KYMA_API_KEY: apiKey, KYMA_BASE_URL: baseUrl = 'https://kymaapi.com/v1' } = process.env;
	if (!apiKey) note('The real API was not asked: set KYMA_API_KEY to do so.');
	const real = apiKey ? await checkReal({ apiKey, baseUrl }) : undefined;
	if (real) print(toMarkdown(`The real API (${new URL(baseUrl).host}, ${new Date().toISOString().slice(0, 10)})`, real));
	const all = [...simulated, ...(real ?? [])];
	note(`\n${summarize(all)}.`);
	if (all.some(({ finding }) => finding.verdict === 'different')) process.exitCode = 1;
}

void main().catch((error: unknown) => {
	note(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
