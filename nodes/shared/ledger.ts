import type { Charged } from './errors';
import { getCharged, getCostUsd } from './job';
import { isPending } from './schemas';
import type { Job } from './schemas';

/** What became of one job of a run. Not the job itself: an answer may hold its images, and would be kept to the run's end. */
type Entry = Pick<Job, 'id' | 'status' | 'chargedUsd'> & { isSubmitted: boolean };

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
	/** Jobs that were answered at once with their images: they have no id. */
	countNameless: () => number;
	/** One sentence or two on what the run cost; undefined when it submitted nothing and nothing failed. */
	summarize: () => string | undefined;
};

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
const isLost = ({ status }: Entry) => status === 'failed' || status === 'refunded' || status === 'expired';

/** How many of the jobs are a case of their own, as a clause; empty when none is. */
function describeSome(entries: Entry[], isCase: (entry: Entry) => boolean, one: string, several = one): string {
	const some = entries.filter(isCase).length;
	return some === 0 ? '' : `, ${count(some, 'job')} ${some === 1 ? one : several}`;
}

function describeCost(entries: Entry[]): string {
	const totalUsd = entries.reduce((sum, entry) => sum + (getCostUsd(entry) ?? 0), 0);
	const running = describeSome(entries, ({ status }) => isPending(status), 'still running and not charged yet');
	const unknown = describeSome(entries, ({ status, chargedUsd }) => status === 'succeeded' && chargedUsd === null, 'reported no charge');
	const lost = describeSome(entries, (entry) => getCharged(entry) === false, 'failed and was refunded', 'failed and were refunded');
	const when = running === '' ? 'in total' : 'so far';
	return `${count(entries.length, 'job')}, charged $${Number(totalUsd.toFixed(4))} ${when}${running}${unknown}${lost}.`;
}

/** @param listEarlierJobIds jobs that earlier tries of the run have submitted */
export function createLedger(listEarlierJobIds: () => string[] = () => []): Ledger {
	const entries = new Map<string | symbol, Entry>();
	const nameless = new WeakMap<Job, symbol>();
	const toKey = (job: Job): string | symbol => {
		const key = job.id ?? nameless.get(job) ?? Symbol('a job without an id');
		if (typeof key === 'symbol') nameless.set(job, key);
		return key;
	};
	const mentioned = new Set<string>();
	const failures: Charged[] = [];
	return {
		note: (job, isSubmitted) => {
			const { id, status, chargedUsd } = job;
			entries.set(toKey(job), { id, status, chargedUsd, isSubmitted });
		},
		mention: ({ id }) => {
			if (id === undefined) return true;
			const isFirst = !mentioned.has(id);
			mentioned.add(id);
			return isFirst;
		},
		fail: (charged) => void failures.push(charged),
		listOpenJobIds: (except) => {
			const earlier = listEarlierJobIds().filter((id) => !entries.has(id));
			const open = [...entries.values()].flatMap((entry) => (isLost(entry) ? [] : (entry.id ?? [])));
			return [...open, ...earlier].filter((id) => id !== except);
		},
		countNameless: () => [...entries.values()].filter(({ id }) => id === undefined).length,
		summarize: () => {
			const own = [...entries.values()].filter(({ isSubmitted }) => isSubmitted);
			const failed = failures.length > 0 ? `${count(failures.length, 'item')} failed.` : '';
			const cost = own.length > 0 ? describeCost(own) : '';
			return [cost, failed].filter(Boolean).join(' ') || undefined;
		},
	};
}
