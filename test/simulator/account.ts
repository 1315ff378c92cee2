import { roundUsd } from './cost';
import { Refusal } from './refusal';
import { tierRow } from './tiers';
import type { World } from './world';

export const availableUsd = ({ money }: World): number => roundUsd(money.balanceUsd - money.heldUsd);

export function holdUsd(world: World, usd: number): void {
	world.money.heldUsd = roundUsd(world.money.heldUsd + usd);
}

/** Ends a hold; the money goes back. */
export const releaseUsd = (world: World, usd: number): void => holdUsd(world, -usd);

export function chargeUsd(world: World, usd: number): void {
	world.money.balanceUsd = roundUsd(world.money.balanceUsd - usd);
	world.money.chargedUsd = roundUsd(world.money.chargedUsd + usd);
}

/** Arrivals of this key's submits in the last minute. */
function recentSubmits({ requests }: World, apiKey: string): number[] {
	const since = performance.now() - 60_000;
	return requests
		.filter(({ at, route, headers }) => {
			return at >= since && route === 'submit' && headers.authorization === `Bearer ${apiKey}`;
		})
		.map(({ at }) => at);
}

export const usedRpm = (world: World, apiKey: string): number => recentSubmits(world, apiKey).length;

function checkRpm(world: World, apiKey: string): void {
	if (!world.settings.enforceRpm) return;
	const { rpm } = tierRow(world.settings.tier);
	const recent = recentSubmits(world, apiKey);
	if (recent.length <= rpm) return;
	const freeAt = recent.at(-rpm)! + 60_000;
	const waitSeconds = Math.ceil((freeAt - performance.now()) / 1000);
	const message = `Limit of ${rpm} requests per minute reached`;
	throw new Refusal(429, 'rate_limit_exceeded', message, waitSeconds);
}

function checkQueue(world: World, apiKey: string): void {
	const { concurrent, queueCap } = tierRow(world.settings.tier);
	const lane = world.lanes.get(apiKey);
	if (!lane || lane.running < concurrent || lane.queue.length < queueCap) return;
	const message = `${lane.running} image jobs running and ${lane.queue.length} queued: the queue is full`;
	throw new Refusal(429, 'queue_full', message, 1);
}

function checkBalance(world: World, usd: number): void {
	if (usd <= availableUsd(world)) return;
	const message = `This request needs $${usd}; $${availableUsd(world)} is available`;
	throw new Refusal(402, 'insufficient_credits', message);
}

/** @throws Refusal 429 or 402 when the account may not start a job of this price now. */
export function admit(world: World, apiKey: string, usd: number): void {
	checkRpm(world, apiKey);
	checkBalance(world, usd);
	checkQueue(world, apiKey);
}
