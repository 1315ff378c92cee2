import type { IDataObject, INode } from 'n8n-workflow';

import type { Stall } from './stalls';

/** What one input item asks for. */
export type Wish = {
	prompt: string;
	model: string;
	count: number;
	/** `extra` of the API, as JSON. */
	extra: string;
	/** Colours of the source images that are put into the item's fields before the run. */
	sources: string[];
};

/** One execution of a workflow: everything that decides it, so that it can be run again as a replaced worker would. */
export type Plan = {
	executionId: string;
	apiKey: string;
	parameters: INode['parameters'];
	settings: Partial<INode>;
	items: Array<{ json: IDataObject; sources: string[] }>;
	maxSpendUsd?: number;
	stopAfterMs?: number;
	/** The worker is killed so long after each of the first starts of this execution. */
	killsAfterMs: number[];
	/** Whether the node has its usual patience, for what is fetched once the storm is over. */
	isCalm?: true;
	/** A run that takes longer hangs. */
	boundMs: number;
};

export type DeliveredImage = { field: string; sha256: string; bytes: number; mimeType: string; fileName: string };

export type OutputItem = { json: Record<string, unknown>; images: DeliveredImage[]; itemIndex: number };

/** A failure as the node states it; `itemIndex` is absent for one that concerns the whole run. */
export type Failure = { message: string; description: string; itemIndex?: number; details: Record<string, unknown> };

/** One run of the node; Retry On Fail makes several within one execution, of which n8n shows the last. */
export type Try = { startedAt: number; endedAt: number; failures: Failure[] };

/** What came of one execution. Times are milliseconds since 1970. */
export type Outcome = {
	startedAt: number;
	endedAt: number;
	stoppedAt?: number;
	status: string;
	items: OutputItem[];
	errorItems: OutputItem[];
	error?: Failure;
	hints: string[];
	tries: Try[];
	/** Where the API key was seen in what the run left behind. */
	sightings: string[];
	/** When its worker was held up. */
	stalls: Stall[];
};

/** The history of one execution. */
export type Entry = {
	plan: Plan;
	/** When its worker was killed. */
	killedAt: number[];
	/** Under faults; absent when the run hung. */
	outcome?: Outcome;
	/** The same execution run again without faults, where an image had not come and its job id was not known. */
	rerun?: Outcome;
};

/** One submit that concerned a job. */
export type Ask = {
	at: number;
	finishedAt: number;
	/** Whether the answer that names the job was sent whole. */
	isClean: boolean;
};

/** A job as the simulator's ledger has it. */
export type LedgerJob = {
	id: string;
	executionId: string;
	itemIndex: number;
	key: string;
	status: string;
	chargedUsd: number | null;
	completedAt?: number;
	/** SHA-256 of each image that the API shows of this job. */
	images: string[];
	/** Answered in OpenAI's shape: its id is never told. */
	isImmediate: boolean;
	/** Whether the API ever shows the images. */
	isShown: boolean;
	asks: Ask[];
	/** When this wish was submitted, whatever came of it. */
	submittedAt: number[];
};

/** Everything the auditors look at. */
export type Evidence = {
	entries: Entry[];
	ledger: LedgerJob[];
	/** Images that Get Image Job brought afterwards, by job id. */
	recovered: Map<string, string[]>;
	/** Jobs and dollars that fetching them added; both must be 0. */
	recoveryCost: { jobs: number; usd: number };
	/** Where the key was seen in requests to other hosts, or in a request line or body. */
	requestSightings: string[];
	/** How often each fault struck. */
	strikes: Map<string, number>;
	/** The node gives a submit up after this, milliseconds. */
	patienceMs: number;
	/** When the simulator was held up. */
	stalls: Stall[];
};

/** What an auditor says: nothing in `findings` is a pass. */
export type Verdict = { name: string; findings: string[]; note?: string };
