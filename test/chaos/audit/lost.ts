import { sumStalls } from '../stalls';
import type { Ask, Entry, Evidence, LedgerJob, Outcome, OutputItem, Verdict } from '../types';
import { findDeliveries, isDelivered, namesJob } from './deliveries';

/** How the images of a paid job can be had; a sentence in `lost` when they cannot. */
type Fate =
	| 'delivered'
	| 'fetched by job id'
	| 'fetched once Kyma shows them'
	| 'brought by a re-run, answer lost'
	| 'brought by a re-run, not asked again'
	| 'brought by a re-run, answer without id';
type Judgement = { fate: Fate } | { lost: string };

const isDeliveredBy = (job: LedgerJob, outcome: Outcome | undefined): boolean =>
	outcome !== undefined && isDelivered(job, findDeliveries(outcome));

/** The submits of a job that the last run of the node sent. */
function listLastAsks({ asks }: LedgerJob, { tries }: Outcome) {
	const { startedAt, endedAt } = tries.at(-1) ?? { startedAt: Infinity, endedAt: 0 };
	return asks.filter(({ at }) => at >= startedAt && at <= endedAt);
}

/** Whether both processes could work around the time of an answer: only then did it arrive while it was waited for. */
function wasCalm({ at, finishedAt }: Ask, outcome: Outcome, { patienceMs, stalls }: Evidence): boolean {
	const [from, to] = [at - patienceMs, finishedAt + patienceMs];
	return sumStalls([...stalls, ...outcome.stalls], from, to) + (finishedAt - at) < patienceMs / 2;
}

/** Whether the node was told the job's id in time, and so did not ask again: it has no excuse for keeping it to itself. */
function wasTold(job: LedgerJob, outcome: Outcome, evidence: Evidence): boolean {
	const until = (outcome.stoppedAt ?? Infinity) - 50;
	const isAskedAgain = (after: number) => job.submittedAt.some((at) => at > after && at <= outcome.endedAt);
	return listLastAsks(job, outcome).some(
		(ask) => ask.isClean && ask.finishedAt < until && !isAskedAgain(ask.at) && wasCalm(ask, outcome, evidence),
	);
}

/** Whether what the user sees leaves open that this item was charged. */
function admitsDoubt({ itemIndex, isImmediate }: LedgerJob, { error, items, errorItems }: Outcome): boolean {
	if (!error) return [...items, ...errorItems].some((item) => item.itemIndex === itemIndex && /"unknown"|true/.test(toCharged(item)));
	const isNamed = new RegExp(`without an answer[^.]*\\b${itemIndex}\\b`).test(error.description);
	const isCounted = isImmediate && error.description.includes('answered without a job ID');
	return error.details.charged === 'unknown' || isNamed || isCounted;
}

const toCharged = ({ json }: OutputItem): string => JSON.stringify((json.details as { charged?: unknown } | undefined)?.charged ?? '');

/** A job whose id the execution never told: only the same execution run again can bring its images. */
function judgeUnknown(job: LedgerJob, { outcome, rerun }: Entry, evidence: Evidence): Judgement {
	if (outcome && !job.isImmediate && wasTold(job, outcome, evidence)) return { lost: 'the node knew the id and did not say it' };
	const isBack = isDeliveredBy(job, rerun) || (!job.isShown && namesJob(rerun, job.id));
	if (!isBack) return { lost: 'its id was not known, and a re-run did not bring it' };
	const wasAsked = outcome !== undefined && listLastAsks(job, outcome).length > 0;
	if (wasAsked && !admitsDoubt(job, outcome)) return { lost: 'its answer was lost, and nothing says so' };
	if (job.isImmediate) return { fate: 'brought by a re-run, answer without id' };
	return { fate: wasAsked ? 'brought by a re-run, answer lost' : 'brought by a re-run, not asked again' };
}

function judge(job: LedgerJob, entry: Entry | undefined, evidence: Evidence): Judgement {
	if (!entry) return { lost: 'no execution asked for it' };
	const { outcome, rerun } = entry;
	const isFromRerun = rerun !== undefined && job.asks.every(({ at }) => at >= rerun.startedAt);
	if (isDeliveredBy(job, isFromRerun ? rerun : outcome)) return { fate: 'delivered' };
	if (!namesJob(outcome, job.id)) return judgeUnknown(job, entry, evidence);
	if (!job.isShown) return { fate: 'fetched once Kyma shows them' };
	const fetched = evidence.recovered.get(job.id) ?? [];
	const isBack = job.images.every((sha256) => fetched.includes(sha256));
	return isBack ? { fate: 'fetched by job id' } : { lost: 'Get Image Job did not bring it' };
}

const describe = (counts: Map<string, number>) => [...counts].map(([fate, count]) => `${count} ${fate}`).join(', ');

/** Every paid image was delivered, or its job id was told and brings it, or the id never reached the node. */
export function findLostImages(evidence: Evidence): Verdict {
	const entries = new Map(evidence.entries.map((entry) => [entry.plan.executionId, entry]));
	const charged = evidence.ledger.filter(({ chargedUsd }) => chargedUsd !== null);
	const judged = charged.map((job) => ({ job, judgement: judge(job, entries.get(job.executionId), evidence) }));
	const findings = judged.flatMap(({ job, judgement }) =>
		'lost' in judgement ? [`${job.executionId} item ${job.itemIndex}, job ${job.id}: ${judgement.lost}`] : [],
	);
	const counts = new Map<string, number>();
	for (const { judgement } of judged) if ('fate' in judgement) counts.set(judgement.fate, (counts.get(judgement.fate) ?? 0) + 1);
	return { name: 'Paid images neither delivered nor recoverable', findings, note: describe(counts) };
}

/** Fetching what was paid for is free. */
export function findRecoveryCosts({ recoveryCost: { jobs, usd }, recovered }: Evidence): Verdict {
	const findings = jobs === 0 && usd === 0 ? [] : [`${jobs} jobs, $${usd}`];
	return { name: 'Charges for fetching a paid image', findings, note: `${recovered.size} jobs fetched by id` };
}
