import type { Table } from '../package/tables';
import type { Results } from './results';

type Rung = { workers: number; callsPerSecond: number; ratio: number; p50Ms: number; p95Ms: number; ownBusy: number };
type Books = { orders: number; atFirst: number; delivered: number; jobs: number; charged: number };
type Cap = { tier: number; jobs: number; tookS: number; idealS: number; submits: number; refused: number; refusedShare: number };
type Size = { imageBytes: number; intact: number; slowestMs: number; moreMemoryMb: { main: number; workers: number[] } };

const percent = (share: number) => `${Math.round(share * 100)} %`;
const seconds = (ms: number, digits = 1) => `${(ms / 1_000).toFixed(digits)} s`;

const toRung = (kind: string, { workers, callsPerSecond, ratio, p50Ms, p95Ms, ownBusy }: Rung): string[] => [
	...[kind, `${workers}`, callsPerSecond.toFixed(1), ratio.toFixed(2)],
	...[seconds(p50Ms), seconds(p95Ms), percent(ownBusy)],
];

/** Throughput and latency for one, two, three workers. */
export function toWorkersTable({ throughput }: Results): Table {
	const { jobsOf2s, jobsOf0s } = throughput as { jobsOf2s: Rung[]; jobsOf0s: Rung[] };
	return [...jobsOf2s.map((rung) => toRung('2 s', rung)), ...jobsOf0s.map((rung) => toRung('none', rung))];
}

const toBooks = (what: string, { orders, atFirst, delivered, jobs, charged }: Books): string[] => [
	...[what, `${orders}`, `${atFirst}`, `${delivered - atFirst}`, `${orders - delivered}`],
	...[`${jobs}`, `${charged}`],
];

/** What became of the orders while something was killed or away. */
export function toFaultsTable(results: Results): Table {
	const { kills, redis, postgres } = results as unknown as Record<string, Books & { kills: number }>;
	const { plain, withRetryOnFail } = results.kyma as { plain: Books; withRetryOnFail: Books };
	const rerun = results.rerun as Books & { version: string };
	const noKey = results['no-key'] as Books & { kills: number };
	if (!kills || !redis || !postgres) throw new Error('The results are not those of a whole run');
	return [
		toBooks(`A worker is killed, ${kills.kills} times`, kills),
		toBooks(`The same ${noKey.kills} times, without Idempotency Key`, noKey),
		toBooks(`A worker is killed, n8n ${rerun.version}, automatic key`, rerun),
		toBooks('A worker is asked to end', results.drain as Books),
		toBooks('Redis is killed, and back after 5 s', redis),
		toBooks('PostgreSQL is restarted', postgres),
		toBooks('Kyma is gone for 10 s', plain),
		toBooks('The same, with Retry On Fail', withRetryOnFail),
	];
}

const toCap = (what: string, { jobs, tookS, idealS, submits, refused, refusedShare }: Cap): string[] => [
	...[what, `${jobs}`, `${idealS} s`, `${tookS} s`, `${submits}`, `${refused} (${percent(refusedShare)})`],
];

/** How workers that know nothing of each other met the cap of their account. */
export function toCapTable({ cap }: Results): Table {
	const { batches, singles } = cap as { batches: Cap; singles: Cap };
	return [
		toCap('Tier 1 (10 + 30): 3 executions of 20 items, Max Concurrency 20', batches),
		toCap('Tier 0 (2 + 6): 30 executions of 1 item, 15 at once', singles),
	];
}

const SIZES: Record<number, string> = { 10_000: '10 KB', 1_000_000: '1 MB', 20_000_000: '20 MB' };

const toSize = (store: string, { imageBytes, intact, slowestMs, moreMemoryMb: { main, workers } }: Size): string[] => [
	...[store, SIZES[imageBytes] ?? `${imageBytes} bytes`, `${intact} of 4`, seconds(slowestMs)],
	...[`${main} MB`, `${Math.max(...workers)} MB`],
];

/** Images of every size through n8n's stores. */
export function toStoresTable({ images, filesystem }: Results): Table {
	const database = images as { sizes: Size[] };
	const { shared } = filesystem as { shared: { sizes: Size[] } };
	return [...database.sizes.map((size) => toSize('`database`', size)), ...shared.sizes.map((size) => toSize('`filesystem`, shared', size))];
}
