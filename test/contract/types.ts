import type { Api } from './api';

export type Verdict = 'confirmed' | 'different' | 'not testable';

/** What a check found, and what it saw, in a few words for the report. */
export type Finding = { verdict: Verdict; seen: string };

/** Where a fact comes from: Kyma's documentation, clients of the real API, or this package alone. */
export type Source = 'documented' | 'seen in clients' | 'assumed';

/** Prices of the models that the checks use, USD per image, from the live price list. */
export type Prices = {
	/** The cheapest model that makes an image from words. */
	textModel: string;
	textUsd: number;
	/** The cheapest model that edits, with the quality that makes it cheap. */
	editModel: string;
	editQuality?: 'low';
	editUsd: number;
};

/** One fact about the API. */
export type Check = {
	id: string;
	/** A sentence that is true when the check confirms it. */
	fact: string;
	source: Source;
	/** What the check costs when the fact holds, USD; absent when nothing. */
	costUsd?: (prices: Prices) => number;
	/** What it costs on top when the fact does not hold, USD; absent when nothing. */
	riskUsd?: (prices: Prices) => number;
	run: (api: Api) => Promise<Finding>;
};

export type Result = { check: Check; finding: Finding };
