import { groupBy } from '../group';
import type { Entry, Evidence, Failure, LedgerJob, Outcome, OutputItem, Try, Verdict } from '../types';

const FAILED = ['failed', 'refunded', 'expired', 'cancelled', 'error'];
const PENDING = ['pending', 'processing'];
const CENT_OF_A_CENT = 1e-4;

const isCharged = ({ chargedUsd }: LedgerJob) => chargedUsd !== null && chargedUsd > 0;
const wasAsked = ({ asks }: LedgerJob, from: number, to: number) => asks.some(({ at }) => at >= from && at <= to);

/** What a failure says about money, and about its job, against the ledger. */
function judgeFailure({ itemIndex, details, message }: Failure, { startedAt, endedAt }: Try, jobs: LedgerJob[]): string[] {
	const own = itemIndex === undefined ? jobs : jobs.filter((job) => job.itemIndex === itemIndex);
	const say = (text: string) => `${text} (${message.slice(0, 160)})`;
	const named = own.find(({ id }) => id === details.jobId);
	const paid = own.find((job) => isCharged(job) && wasAsked(job, startedAt, endedAt));
	const isWrongStatus = named !== undefined && FAILED.includes(String(details.status)) && named.status !== details.status;
	return [
		...(details.charged === false && paid ? [say(`says not charged, but ${paid.id} was`)] : []),
		...(details.charged === true && !own.some((job) => isCharged(job) && wasAsked(job, 0, endedAt))
			? [say('says charged, but nothing was')]
			: []),
		...(![true, false, 'unknown'].includes(details.charged as boolean) ? [say('does not say whether money was taken')] : []),
		...(details.jobId !== undefined && !named ? [say(`names ${String(details.jobId)}, which is not a job of this item`)] : []),
		...(isWrongStatus ? [say(`says ${String(details.status)}, the ledger says ${named.status}`)] : []),
	];
}

/** The charge an item should state: on the first image of its job, and only once the job is over. */
function getExpectedCost({ json, itemIndex }: OutputItem, job: LedgerJob | undefined): number | null {
	if (itemIndex < 0 || Number(json.imageIndex ?? 0) > 0) return 0;
	return !job || job.isImmediate || PENDING.includes(String(json.status)) ? null : job.chargedUsd;
}

function judgeItem(item: OutputItem, jobs: LedgerJob[]): string[] {
	const { jobId, status, costUsd } = item.json;
	const own = jobs.filter(({ itemIndex }) => itemIndex === item.itemIndex);
	const job = own.find(({ id, isImmediate }) => (jobId === undefined ? isImmediate : id === jobId));
	if (!job) return [`item ${item.itemIndex} is of ${String(jobId)}, which is not a job of it`];
	const isTrue = status === job.status || PENDING.includes(String(status));
	const expected = getExpectedCost(item, job);
	return [
		...(isTrue ? [] : [`item ${item.itemIndex} says ${String(status)}, the ledger says ${job.status}`]),
		...(costUsd === expected ? [] : [`item ${item.itemIndex} costs ${String(costUsd)}, the ledger says ${String(expected)}`]),
	];
}

/** The items of a run that did not fail: each wish has its images or its failure, in input order. */
function judgeOrder({ plan }: Entry, { items, errorItems, error, status }: Outcome): string[] {
	if (error || status !== 'success') return [];
	const good = items.filter(({ json }) => json.error === undefined);
	const bad = [...items, ...errorItems].filter(({ json }) => json.error !== undefined);
	const indexes = items.map(({ itemIndex }) => itemIndex);
	const missing = plan.items.flatMap((_, index) => {
		const isGood = good.some(({ itemIndex }) => itemIndex === index);
		const failures = bad.filter(({ itemIndex }) => itemIndex === index).length;
		return failures === (isGood ? 0 : 1) ? [] : [`item ${index} has ${failures} failures and ${isGood ? 'an' : 'no'} image`];
	});
	return [...missing, ...(indexes.every((index, at) => at === 0 || index >= indexes[at - 1]!) ? [] : ['the output is not in input order'])];
}

/** The hint under the output says neither less than the items nor more than the ledger. */
function judgeHint({ hints, items }: Outcome, jobs: LedgerJob[]): string[] {
	const stated = hints.flatMap((hint) => /charged \$([\d.e-]+) in total/.exec(hint)?.[1] ?? []).map(Number)[0];
	if (stated === undefined) return [];
	const atLeast = items.reduce((sum, { json }) => sum + Number(json.costUsd ?? 0), 0);
	const atMost = jobs.reduce((sum, { chargedUsd }) => sum + (chargedUsd ?? 0), 0);
	const isTrue = stated >= atLeast - CENT_OF_A_CENT && stated <= atMost + CENT_OF_A_CENT;
	return isTrue ? [] : [`the hint says $${stated}, the items $${atLeast}, the ledger $${atMost}`];
}

function judgeOutcome(entry: Entry, outcome: Outcome, jobs: LedgerJob[]): string[] {
	// A run that failed as a whole hands its input on, when the node continues on failure.
	const good = outcome.error ? [] : outcome.items.filter(({ json }) => json.error === undefined);
	return [
		...outcome.tries.flatMap((one) => one.failures.flatMap((failure) => judgeFailure(failure, one, jobs))),
		...good.flatMap((item) => judgeItem(item, jobs)),
		...judgeOrder(entry, outcome),
		...judgeHint(outcome, jobs),
	];
}

/** Every statement about money, status and belonging, of items, failures and hints, is true by the ledger. */
export function findUntruths({ entries, ledger }: Evidence): Verdict {
	const byExecution = groupBy(ledger, ({ executionId }) => executionId);
	const outcomes = entries.flatMap((entry) => [entry.outcome, entry.rerun].flatMap((outcome) => (outcome ? [{ entry, outcome }] : [])));
	const findings = outcomes.flatMap(({ entry, outcome }) => {
		const { executionId } = entry.plan;
		return judgeOutcome(entry, outcome, byExecution.get(executionId) ?? []).map((text) => `${executionId}: ${text}`);
	});
	const failures = outcomes.flatMap(({ outcome }) => outcome.tries.flatMap((one) => one.failures));
	const count = (charged: unknown) => failures.filter(({ details }) => details.charged === charged).length;
	const note = `failures that say charged: ${count(true)}, not charged: ${count(false)}, unknown: ${count('unknown')}`;
	return { name: 'Outcomes that disagree with the ledger', findings, note };
}
