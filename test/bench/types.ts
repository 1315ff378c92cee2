/** What runs a row: our node, or one of the ways it is compared with. */
export type Subject = 'kyma' | 'sequential2s' | 'sequential5s' | 'loop';

/** The work of one measurement, and the API it is done against. */
export type Load = {
	items: number;
	/** Exact duration of every job on the API's side. */
	jobMs: number;
	tier?: 0 | 4;
	/** Every image is padded to this size; the simulator's own small images when absent. */
	imageBytes?: number;
	/** Options of Kyma Image, as a workflow holds them. */
	options?: Record<string, string | number | boolean>;
	model?: string;
};

/** What a worker process is told to do. */
export type Order = Load & {
	subject: Subject;
	/** Base URL of the simulator. */
	url: string;
	apiKey: string;
	/** Folder of the built package. */
	builtDir: string;
	/** Folder of an installed n8n's own nodes, for `loop`. */
	n8nNodesDir?: string;
	/** With a profile: how often the work is repeated under it, after a warm-up of `warmUpItems`. */
	profile?: { repeats: number; warmUpItems: number };
};

/** What the simulator saw of one measurement. */
export type Traffic = {
	submits: number;
	/** Submits answered 429. */
	refused: number;
	polls: number;
	/** Most polls of one job. */
	maxPollsPerJob: number;
	/** Shortest and longest time between two polls of one job; null below two polls. */
	minGapMs: number | null;
	maxGapMs: number | null;
	/** Median time between two polls of one job more than 30 s after its submit; null without any. */
	lateGapMs: number | null;
	/** Share of all polls of the busiest 50 ms, relative to the number of jobs; 1 means that all polled in step. */
	inStepShare: number;
};

/** Self time of a profile, milliseconds. */
export type CpuShares = {
	/** Our files, with what they call in Node.js and zod. */
	ours: number;
	/** Our files alone. */
	oursSelf: number;
	/** n8n and its dependencies, axios among them. */
	n8n: number;
	/** Node.js itself, called by nobody in particular: sockets, streams, timers. */
	node: number;
	garbageCollector: number;
	byFile: Record<string, number>;
};

/** What a worker reports. */
export type Measurement = {
	wallMs: number;
	/** CPU of the engine's process, user and system. */
	cpuMs: number;
	/** Highest resident set sampled while the work ran, and the highest of the process's whole life. */
	peakRssMb: number;
	maxRssMb: number;
	images: number;
	/** Why the run failed. */
	error?: string;
	traffic: Traffic;
	cpu?: CpuShares;
};
