/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import type { FaultPlace } from '../../simulator';
import { audit } from '../audit';
import { isAlive } from '../cluster';
import { countAtFirst, placeOrder, tallyFailures } from '../orders';
import type { Delivery } from '../orders';
import { range, sleep } from '../parallel';
import { haveWorkers, resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const JOB_MS = 2_000;
const ORDERS = 40;
/** One order after the other, whatever becomes of those before. */
const ARRIVAL_MS = 400;
const CALM_MS = 3_000;

/** Takes something away and brings it back; resolves when it is back. */
type Outage = (world: World) => Promise<void>;

/** How long after the end of the outage the first image came. */
const toBackAfterMs = (deliveries: readonly Delivery[], endedAtMs: number): number => {
	const good = deliveries.flatMap(({ tries, bytes }) => (bytes ? tries.slice(-1) : []));
	const after = good
		.filter(({ startedAtMs, ms }) => startedAtMs + ms >= endedAtMs)
		.map(({ startedAtMs, ms }) => startedAtMs + ms - endedAtMs);
	return Math.round(Math.min(...after));
};

/** Orders at a steady pace; callers wait 20 s and ask again with the same number, eight times at most. */
function placeSteadily({ cluster }: World, path: string): Promise<Delivery>[] {
	const caller = { url: cluster.main.n8n.url, path, timeoutMs: 20_000, maxTries: 8, pauseMs: 2_000 };
	const series = Date.now();
	return range(ORDERS).map(async (index) => {
		await sleep(index * ARRIVAL_MS);
		return await placeOrder(caller, `${path}-${series}-${index}`);
	});
}

function assertAllAlive({ cluster: { main, workers } }: World): void {
	assert.ok(isAlive(main.n8n), 'main has ended');
	for (const { name, n8n } of workers) assert.ok(isAlive(n8n), `${name} has ended`);
}

/** Lets something be gone in the midst of it, and closes the books when every caller has given up or has its image. */
async function orderThrough(world: World, path: string, outage: Outage): Promise<Figures> {
	await haveWorkers(world, 2);
	resetKyma(world, JOB_MS);
	const orders = placeSteadily(world, path);
	await sleep(CALM_MS);
	const goneAt = Date.now();
	await outage(world);
	const backAt = Date.now();
	const deliveries = await Promise.all(orders);
	const { wrong, ...books } = await audit(world.kyma, deliveries);
	const atFirst = countAtFirst(deliveries);
	const timing = { goneS: (backAt - goneAt) / 1_000, firstImageAfterMs: toBackAfterMs(deliveries, backAt) };
	const figures = { ...timing, atFirst, lost: ORDERS - books.delivered, failures: tallyFailures(deliveries), ...books };
	assert.deepEqual(wrong, [], JSON.stringify(figures));
	assertAllAlive(world);
	return figures;
}

export const redis: Scenario = {
	key: 'redis',
	isQuick: true,
	title: 'Redis is killed and comes back 5 s later: no order is lost, none is paid twice',
	run: async (world) =>
		await orderThrough(world, 'queue-order', async ({ cluster }) => {
			await cluster.redis.crash();
			await sleep(5_000);
			await cluster.redis.start();
		}),
};

export const postgres: Scenario = {
	key: 'postgres',
	isQuick: false,
	title: 'PostgreSQL is restarted: no order is lost, none is paid twice',
	run: async (world) =>
		await orderThrough(world, 'queue-order', async ({ cluster }) => {
			await cluster.postgres.halt();
			await cluster.postgres.start();
		}),
};

const PLACES: FaultPlace[] = ['submit', 'poll', 'image', 'registry', 'pricing', 'limits'];

/** Every connection to the API and to its image host is reset. */
const cutOffKyma: Outage = async ({ kyma }) => {
	for (const on of PLACES) kyma.addFault({ on, kind: { type: 'resetBefore' }, times: Number.POSITIVE_INFINITY });
	await sleep(10_000);
	kyma.clearFaults();
};

export const kyma: Scenario = {
	key: 'kyma',
	isQuick: false,
	title: 'Kyma is gone for 10 s: no order is lost, none is paid twice; with Retry On Fail callers hardly notice',
	run: async (world) => ({
		plain: await orderThrough(world, 'queue-order', cutOffKyma),
		withRetryOnFail: await orderThrough(world, 'queue-patient', cutOffKyma),
	}),
};
