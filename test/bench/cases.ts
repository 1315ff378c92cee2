import type { Load, Subject } from './types';

/** One row of the table: a load, who runs it, and what it is compared with. */
export type Case = Load & {
	id: string;
	title: string;
	subjects: readonly Subject[];
	/** The bound that no client can beat: jobs ÷ jobs at once × duration. */
	idealMs?: number;
	/** Runs of the baselines that take one item after another, where they are slow; `--runs` otherwise. */
	sequentialRuns?: number;
};

const ALL = ['kyma', 'sequential2s', 'sequential5s', 'loop'] as const;
const KYMA = ['kyma'] as const;
const JOB_MS = 3_000;
const MB = 1024 * 1024;

const batch = (items: number, more: Partial<Case>): Case => ({
	id: `items-${items}`,
	title: `${items} items, jobs of 3 s, 38 at once`,
	items,
	jobMs: JOB_MS,
	idealMs: Math.max(1, items / 38) * JOB_MS,
	options: { maxConcurrency: 38 },
	subjects: KYMA,
	...more,
});

const ONE: Case = { id: 'one', title: '1 item, job of 3 s', items: 1, jobMs: JOB_MS, idealMs: JOB_MS, subjects: ALL };
const HUNDRED = batch(100, { id: 'hundred', subjects: ALL, sequentialRuns: 1 });

/** The rows of the table in the README. */
export const TABLE: Case[] = [
	ONE,
	{ id: 'four', title: '4 items, jobs of 3 s', items: 4, jobMs: JOB_MS, idealMs: JOB_MS, subjects: ALL },
	HUNDRED,
	{
		id: 'tier0',
		title: '50 items, jobs of 3 s, Tier 0 (2 at once, queue of 6)',
		items: 50,
		jobMs: JOB_MS,
		tier: 0,
		idealMs: (50 / 2) * JOB_MS,
		subjects: ALL,
		sequentialRuns: 1,
	},
];

const waiting = (seconds: number, more: Partial<Case> = {}): Case => ({
	id: `wait-${seconds}s`,
	title: `1 job of ${seconds} s`,
	items: 1,
	jobMs: seconds * 1000,
	subjects: KYMA,
	...more,
});

/** How often jobs are asked for. */
export const WAITS: Case[] = [
	waiting(1),
	waiting(10),
	waiting(30),
	waiting(60),
	waiting(60, {
		id: 'wait-60s-known',
		title: '1 job of 60 s, model known to be slow',
		model: 'gpt-image-2',
		options: { quality: 'high' },
	}),
	waiting(10, { id: 'wait-38', title: '38 jobs of 10 s at once', items: 38, options: { maxConcurrency: 38 } }),
];

const pictures = (items: number, more: Partial<Case>): Case => ({
	id: `memory-${items}`,
	title: `${items} images of 8 MB`,
	items,
	jobMs: 0,
	imageBytes: 8 * MB,
	subjects: ['kyma', 'sequential2s', 'loop'],
	sequentialRuns: 1,
	...more,
});

/** What memory does with the number of images. */
export const MEMORY: Case[] = [pictures(5, {}), pictures(100, {})];

/** How cost grows with the number of items: two rows of the table, and the points between and beyond. */
export const ITEMS: Case[] = [ONE, batch(10, {}), HUNDRED, batch(1_000, {})];

/** How cost grows with the size of the images. */
export const SIZES: Case[] = [10 / 1024, 100 / 1024, 1, 8, 32].map((megabytes) => ({
	id: `size-${megabytes < 1 ? `${Math.round(megabytes * 1024)}k` : `${megabytes}m`}`,
	title: `10 images of ${megabytes < 1 ? `${Math.round(megabytes * 1024)} KB` : `${megabytes} MB`}`,
	items: 10,
	jobMs: 0,
	imageBytes: Math.round(megabytes * MB),
	subjects: KYMA,
}));

/** Our own CPU per item: the work is repeated so that each row profiles about as many items. */
export const CPU_ITEMS = [10, 100, 1_000] as const;

export const toCpuLoad = (items: number): Load => ({ items, jobMs: 0, options: { maxConcurrency: 38 } });

/** A few seconds' worth, for a test that the benchmark runs. */
export const SMALL: Case[] = [
	{ id: 'one', title: '1 item, job of 0.3 s', items: 1, jobMs: 300, idealMs: 300, subjects: ['kyma', 'sequential2s'] },
];
