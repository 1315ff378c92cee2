import type { Fault } from './fault-kinds';

export type { Fault, FaultKind, FaultPlace } from './fault-kinds';

export type Tier = 0 | 1 | 2 | 3 | 4;

export type SimulatorOptions = {
	/** 0 (the default) takes any free port. */
	port?: number;
	/** The image host's port; 0 (the default) takes any free port. */
	imagePort?: number;
	host?: string;
	/** Time scale of a job's latency: 1 = as slow as the real models, 0 = at once. Default 0.01. */
	speed?: number;
	/** Exact duration of every job; not scaled by `speed`. */
	jobDurationMs?: number;
	tier?: Tier;
	balanceUsd?: number;
	apiKeys?: string[];
	/** Seeds job ids, latencies and fault rates. */
	seed?: number;
	imageLongSidePx?: number;
	/** Whether all jobs of one size and format get the picture drawn first: measurements then wait for no drawing. Default false. */
	samePicture?: boolean;
	/** Pads every raster image to this many bytes; the image stays valid. */
	imageBytes?: number;
	/** Whether submits beyond the tier's requests per minute are refused. Default false. */
	enforceRpm?: boolean;
	/** Whether `image_url` refuses data URLs: nobody documents what the real API does. Default false. */
	refuseDataUrls?: boolean;
	/** Called once per request of either host, when its connection is done with it. */
	onRequest?: (request: RecordedRequest) => void;
};

export type Settings = Required<
	Pick<
		SimulatorOptions,
		'speed' | 'tier' | 'balanceUsd' | 'apiKeys' | 'seed' | 'imageLongSidePx' | 'samePicture' | 'enforceRpm' | 'refuseDataUrls'
	>
> &
	Pick<SimulatorOptions, 'jobDurationMs' | 'imageBytes' | 'onRequest'>;

export type RouteName = 'submit' | 'poll' | 'limits' | 'balance' | 'tiers' | 'pricing' | 'registry' | 'image' | 'other';

export type RecordedRequest = {
	host: 'api' | 'image';
	route: RouteName;
	method: string;
	/** Path with its query string. */
	path: string;
	headers: Record<string, string | string[] | undefined>;
	/** Parsed JSON; the raw text when it does not parse; undefined without a body. */
	body: unknown;
	/** Arrival, on the clock of `performance.now()`. */
	at: number;
	finishedAt?: number;
	/** Absent when no status line was sent. */
	status?: number;
	/** Names of the faults applied, joined with `+`. */
	fault?: string;
	jobId?: string;
};

/** A submit's body once it is known to be good. */
export type SubmitRequest = {
	model: string;
	prompt: string;
	n: number;
	size?: string;
	quality: 'low' | 'medium' | 'high';
	sources: string[];
	idempotencyKey?: string;
	extra: Record<string, unknown>;
};

export type SourceOutcome = { url: string; ok: boolean; byteLength?: number; error?: string };

export type Job = {
	id: string;
	idempotencyKey?: string;
	status: string;
	model: string;
	/** The submit's body as the client sent it. */
	request: unknown;
	estimatedCostUsd: number;
	/** null until it succeeded. */
	chargedUsd: number | null;
	createdAt: string;
	completedAt: string | null;
	error: unknown;
	/** Empty until it succeeded. */
	imageUrls: string[];
	/** Images of this job that were delivered whole. */
	imageFetches: number;
	/** How often the same idempotency key came again. */
	replays: number;
	apiKey: string;
	/** What came of fetching each source image. */
	sources: SourceOutcome[];
};

export type Simulator = {
	/** The API's base URL, `/v1` included. */
	url: string;
	origin: string;
	imageOrigin: string;
	apiKey: string;
	readonly requests: RecordedRequest[];
	readonly jobs: Job[];
	/** What is left after charges; holds are not subtracted. */
	readonly balanceUsd: number;
	readonly heldUsd: number;
	readonly chargedUsd: number;
	addFault(fault: Fault): () => void;
	clearFaults(): void;
	configure(patch: Partial<SimulatorOptions>): void;
	imageFor(jobId: string, index?: number): Promise<Buffer>;
	reset(): void;
	close(): Promise<void>;
};
