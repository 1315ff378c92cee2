import type { Charged } from './errors';
import { getCharged } from './job';
import type { Job } from './schemas';

/** What became of one job of a run. */
type Entry = { job: Job; isSubmitted: boolean };

/** Every job a run has to do with, so that none of them is forgotten when the run ends early. */
export type Ledger = {
	/** Notes a job or its newer state. `isSubmitted` tells the run's own jobs from those it only fetches. */
	note: (job: Job, isSubmitted: boolean) => void;
	/** True for the first caller per job: its charge is then stated once in the output. */
	mention: (job: Job) => boolean;
	/** Notes an item that failed. */
	fail: (charged: Charged) => void;
	/** Ids of the jobs that hold or may yet hold images, without those given. */
	listOpenJobIds: (except?: string) => string[];
	/** One sentence or two on what the run cost; undefined when it submitted nothing and nothing failed. */
	summarize: () => string | undefined;
};

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
const isLost = ({ job }: Entry) => job.status === 'failed' || job.status === 'refunded' || job.status === 'expired';

function describeCost(entries: Entry[]): string {
	const totalUsd = entries.reduce((sum, { job }) => sum + (getCharged(job) === false ? 0 : (job.chargedUsd ?? 0)), 0);
	const unreported = entries.filter(({ job }) => job.status === 'succeeded' && job.chargedUsd === null).length;
	const unknown = unreported > 0 ? `, ${count(unreported, 'job')} reported no charge` : '';
	const refunded = entries.filter(({ job }) => getCharged(job) === false).length;
	const lost = refunded > 0 ? `, ${count(refunded, 'job')} failed and ${refunded === 1 ? 'was' : 'were'} refunded` : '';
	return `${count(entries.length, 'job')}, charged $${Number(totalUsd.toFixed(4))} in total${unknown}${lost}.`;
}

/** @param listEarlierJobIds jobs that earlier tries of the run have submitted */
export function createLedger(listEarlierJobIds: () => string[] = () => []): Ledger {
	const entries = new Map<string | Job, Entry>();
	const mentioned = new Set<string>();
	const failures: Charged[] = [];
	return {
		note: (job, isSubmitted) => void entries.set(job.id ?? job, { job, isSubmitted }),
		mention: ({ id }) => {
			if (id === undefined) return true;
			const isFirst = !mentioned.has(id);
			mentioned.add(id);
			return isFirst;
		},
		fail: (charged) => void failures.push(charged),
		listOpenJobIds: (except) => {
			const earlier = listEarlierJobIds().filter((id) => !entries.has(id));
			const open = [...entries.values()].flatMap((entry) => (isLost(entry) ? [] : (entry.job.id ?? [])));
			return [...open, ...earlier].filter((id) => id !== except);
		},
		summarize: () => {
			const own = [...entries.values()].filter(({ isSubmitted }) => isSubmitted);
			const failed = failures.length > 0 ? `${count(failures.length, 'item')} failed.` : '';
			const cost = own.length > 0 ? describeCost(own) : '';
			return [cost, failed].filter(Boolean).join(' ') || undefined;
		},
	};
}
