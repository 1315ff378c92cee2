import type { Entry, Evidence, Failure, LedgerJob, Outcome, Verdict } from '../types';

/** The failures that a user sees at the end of an execution. */
const listShown = ({ error, tries }: Outcome): Failure[] => (error ? [error] : (tries.at(-1)?.failures ?? []));

/** Since when one worker has run the execution: what it did before that worker is not known to it. */
const getStart = ({ startedAt }: Outcome, { killedAt }: Entry) => Math.max(startedAt, ...killedAt);

function findCharged({ itemIndex }: Failure, entry: Entry, outcome: Outcome, jobs: LedgerJob[]): LedgerJob | undefined {
	const start = getStart(outcome, entry);
	return jobs.find(
		({ chargedUsd, asks, ...job }) =>
			chargedUsd !== null &&
			(itemIndex === undefined || itemIndex === job.itemIndex) &&
			asks.some(({ at }) => at >= start && at <= outcome.endedAt),
	);
}

/** What the last message says was not charged was not charged by an earlier try of Retry On Fail either. */
export function findStaleClaims({ entries, ledger }: Evidence): Verdict {
	const findings = entries.flatMap((entry) => {
		const { outcome, plan } = entry;
		if (!outcome) return [];
		const jobs = ledger.filter(({ executionId }) => executionId === plan.executionId);
		return listShown(outcome).flatMap((failure) => {
			const charged = failure.details.charged === false ? findCharged(failure, entry, outcome, jobs) : undefined;
			return charged ? [`${plan.executionId}: "${failure.message.slice(0, 120)}" hides ${charged.id}`] : [];
		});
	});
	const retried = entries.filter(({ outcome }) => (outcome?.tries.length ?? 0) > 1).length;
	return { name: 'Last messages that hide a charge of an earlier try', findings, note: `${retried} executions of several tries` };
}
