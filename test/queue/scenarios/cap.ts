/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import type { RecordedRequest, Simulator } from '../../simulator';
import { audit } from '../audit';
import { startedBy } from '../cluster';
import { callWebhook } from '../../e2e/host/webhook';
import { placeOrder } from '../orders';
import { inParallel, range } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const JOB_MS = 3_000;
/** A run that met a 429 early must not stay small when the others are done. */
const MOST_OF_IDEAL = 1.5;
const round = (value: number, digits = 2) => Number(value.toFixed(digits));

/** Most refusals within one second. */
function findPeak(refused: readonly RecordedRequest[]): number {
	return Math.max(0, ...refused.map(({ at }) => refused.filter((other) => other.at >= at && other.at < at + 1_000).length));
}

/** How the account's cap was met: submits in all, and how many of them were refused. */
function describeSubmits({ requests }: Simulator): {
	submits: number;
	refused: number;
	refusedShare: number;
	peakRefusedPerSecond: number;
} {
	const submits = requests.filter(({ route }) => route === 'submit');
	const refused = submits.filter(({ status }) => status === 429);
	const refusedShare = round(refused.length / submits.length);
	return { submits: submits.length, refused: refused.length, refusedShare, peakRefusedPerSecond: findPeak(refused) };
}

type Met = ReturnType<typeof describeSubmits> & Figures & { jobs: number };
type Item = { jobId?: string; status?: string; error?: string };

/** Three executions of 20 items, each of which would like 20 jobs at once: 60, where the account takes 10 + 30. */
async function runBatches(world: World): Promise<Met> {
	const { kyma, cluster } = world;
	resetKyma(world, JOB_MS, { tier: 1 });
	const before = cluster.workers.map((worker) => startedBy(worker).length);
	const startedAt = Date.now();
	const answers = await inParallel(range(3), 3, async (index) => {
		const prompts = range(20).map((item) => `Batch ${index}, item ${item}`);
		const { statusCode, json, text } = await callWebhook(cluster.main.n8n.url, 'queue-batch', { json: { prompts } });
		assert.equal(statusCode, 200, text().slice(0, 500));
		return json<Item[]>();
	});
	const items = answers.flat();
	const failed = items.filter(({ status }) => status !== 'succeeded');
	assert.deepEqual(failed, []);
	assert.deepEqual([items.length, new Set(items.map(({ jobId }) => jobId)).size, kyma.jobs.length], [60, 60, 60]);
	assert.ok(kyma.jobs.every(({ chargedUsd }) => chargedUsd !== null));
	const batchesPerWorker = cluster.workers.map((worker, index) => startedBy(worker).length - (before[index] ?? 0));
	return {
		tier: 1,
		jobs: 60,
		batchesPerWorker,
		idealS: (60 / 10) * (JOB_MS / 1_000),
		tookS: round((Date.now() - startedAt) / 1_000, 1),
		...describeSubmits(kyma),
	};
}

/** Thirty executions of one item, fifteen at once, on the smallest account: 2 at once and a queue of 6. */
async function runSingles(world: World): Promise<Met> {
	const { kyma, cluster } = world;
	resetKyma(world, JOB_MS, { tier: 0 });
	const caller = { url: cluster.main.n8n.url, path: 'queue-image' };
	const startedAt = Date.now();
	const deliveries = await inParallel(range(30), 30, async (index) => await placeOrder(caller, `single-${index}`));
	const books = await audit(kyma, deliveries);
	assert.deepEqual(books.wrong, []);
	return {
		tier: 0,
		jobs: 30,
		idealS: (30 / 2) * (JOB_MS / 1_000),
		tookS: round((Date.now() - startedAt) / 1_000, 1),
		...describeSubmits(kyma),
	};
}

/** Workers know nothing of each other; the account's cap holds for all of them. */
export const cap: Scenario = {
	key: 'cap',
	isQuick: false,
	title: 'three workers share the cap of one account: no item fails, and refusals stay few',
	run: async (world) => {
		await haveWorkers(world, 3);
		const batches = await runBatches(world);
		const singles = await runSingles(world);
		const figures = { batches, singles };
		assert.ok(batches.refusedShare < 0.5, JSON.stringify(figures));
		assert.ok(Number(batches.tookS) < MOST_OF_IDEAL * Number(batches.idealS), JSON.stringify(figures));
		assert.ok(singles.refused < 5 * singles.jobs && singles.peakRefusedPerSecond <= 15, JSON.stringify(figures));
		return figures;
	},
};
