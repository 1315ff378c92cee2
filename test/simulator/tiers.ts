import type { Tier } from './types';

type TierRow = {
	tier: Tier;
	minDepositUsd: number;
	rpm: number;
	concurrent: number;
	queueCap: number;
};

/** Kyma: guides/rate-limits. Tier 4 counts image and video together. */
const TIERS: Record<Tier, TierRow> = {
	0: { tier: 0, minDepositUsd: 0, rpm: 30, concurrent: 2, queueCap: 6 },
	1: { tier: 1, minDepositUsd: 5, rpm: 60, concurrent: 10, queueCap: 30 },
	2: { tier: 2, minDepositUsd: 50, rpm: 120, concurrent: 20, queueCap: 60 },
	3: { tier: 3, minDepositUsd: 250, rpm: 200, concurrent: 28, queueCap: 84 },
	4: { tier: 4, minDepositUsd: 1000, rpm: 300, concurrent: 38, queueCap: 114 },
};

export const tierRow = (tier: Tier): TierRow => TIERS[tier];

function toWireTier({ tier, minDepositUsd, rpm, concurrent, queueCap }: TierRow) {
	const common = { tier, name: `Tier ${tier}`, min_deposit: minDepositUsd, rpm };
	return tier === 4
		? { ...common, combined_media_concurrent: concurrent, combined_queue_depth_cap: queueCap }
		: { ...common, image_concurrent: concurrent, image_queue_depth_cap: queueCap };
}

/** The answer of `GET /v1/limits/tiers`. */
export const toTierMatrix = () => ({
	object: 'tier.matrix',
	tiers: Object.values(TIERS).map(toWireTier),
});
