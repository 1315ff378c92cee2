import { KymaError } from './errors';

/** What a run has spent and what it has promised, in USD. */
export type Budget = {
	/**
	 * Sets aside the price of a job before it is submitted.
	 * @throws KymaError `overBudget` when the run would then cost more than its limit
	 */
	reserve: (estimateUsd: number) => Reservation;
};

export type Reservation = {
	/** The hold Kyma placed, which is closer to the bill than the catalog. */
	hold: (estimatedUsd: number | null) => void;
	/** The job is over: what it cost, 0 when it was refunded; null leaves the estimate in place. */
	settle: (chargedUsd: number | null) => void;
};

/** Guards against sums such as 0.1 + 0.2 crossing a limit of 0.3. */
const CENT_OF_A_CENT = 1e-6;

/** A budget for one run; without a limit everything is allowed. Items reserve in input order. */
export function createBudget(limitUsd = Infinity): Budget {
	let totalUsd = 0;
	return {
		reserve: (estimateUsd) => {
			const amountUsd = totalUsd + estimateUsd;
			if (amountUsd > limitUsd + CENT_OF_A_CENT) throw new KymaError('overBudget', { amountUsd, limitUsd });
			totalUsd = amountUsd;
			let reservedUsd = estimateUsd;
			const set = (nextUsd: number | null) => {
				totalUsd += (nextUsd ?? reservedUsd) - reservedUsd;
				reservedUsd = nextUsd ?? reservedUsd;
			};
			return { hold: set, settle: set };
		},
	};
}
