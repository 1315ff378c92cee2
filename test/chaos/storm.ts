/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';
import { openElsewhere } from './elsewhere';
import { listFaults } from './faults';
import type { FaultRow } from './faults';
import { countStrikes, readLedger } from './ledger';
import { findRequestSightings } from './leaks';
import { SUBMIT_PATIENCE_MS } from './pace';
import { ACCOUNTS, rollPlan } from './plan';
import { recover, rerun } from './recovery';
import type { Runner } from './runner';
import { toApiKey } from './secret';
import { watchStalls } from './stalls';
import type { Entry, Evidence } from './types';
import { brew } from './weather';

export type StormOptions = {
	seed: number;
	/** Jobs to be made at least. */
	jobs: number;
	/** Executions at once. */
	concurrency: number;
	onProgress?: (text: string) => void;
};

const startKyma = async (seed: number) =>
	await startSimulator({
		seed,
		speed: 0.004,
		tier: 1,
		balanceUsd: 1_000_000,
		imageLongSidePx: 64,
		apiKeys: Array.from({ length: ACCOUNTS }, (_, number) => toApiKey(number)),
	});

/** Runs executions side by side until there are enough jobs. */
async function rage(kyma: Simulator, run: Runner, { seed, jobs, concurrency, onProgress }: StormOptions): Promise<Entry[]> {
	const entries: Entry[] = [];
	const work = async () => {
		while (kyma.jobs.length < jobs) {
			const entry: Entry = { plan: rollPlan(seed, entries.length), killedAt: [] };
			entries.push(entry);
			entry.outcome = await run(entry, kyma.url);
			onProgress?.(`${kyma.jobs.length} jobs, ${entries.length} executions, $${kyma.chargedUsd.toFixed(2)} charged`);
		}
	};
	await Promise.all(Array.from({ length: concurrency }, work));
	return entries;
}

/** Jobs that will end do so within this, once nothing is submitted any more. */
async function settle(kyma: Simulator): Promise<void> {
	await sleep(1_000);
	kyma.clearFaults();
	await sleep(300);
}

async function investigate(
	kyma: Simulator,
	run: Runner,
	rows: FaultRow[],
	entries: Entry[],
): Promise<Pick<Evidence, 'recovered' | 'recoveryCost'>> {
	await rerun(kyma, run, rows, entries);
	const before = { jobs: kyma.jobs.length, usd: kyma.chargedUsd };
	const recovered = await recover(kyma, run, rows, entries);
	return { recovered, recoveryCost: { jobs: kyma.jobs.length - before.jobs, usd: kyma.chargedUsd - before.usd } };
}

/** Executions under a seeded mix of every fault, and then what can still be had of what was paid for. */
export async function runStorm(options: StormOptions, run: Runner): Promise<Evidence> {
	const { stalls, end } = watchStalls();
	const [kyma, elsewhere] = await Promise.all([startKyma(options.seed), openElsewhere()]);
	try {
		const rows = listFaults(elsewhere.url);
		brew(kyma, options.seed, rows);
		const entries = await rage(kyma, run, options);
		await settle(kyma);
		const strikes = countStrikes(kyma.requests);
		const recovery = await investigate(kyma, run, rows, entries);
		return {
			...{ entries, strikes, ...recovery },
			ledger: await readLedger(kyma, rows),
			requestSightings: findRequestSightings(kyma.requests, elsewhere.requests),
			patienceMs: SUBMIT_PATIENCE_MS,
			stalls,
		};
	} finally {
		end();
		await Promise.all([kyma.close(), elsewhere.close()]);
	}
}
