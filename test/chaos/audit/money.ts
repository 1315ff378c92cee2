import { groupBy } from '../group';
import type { Evidence, LedgerJob, Verdict } from '../types';

const isCharged = ({ chargedUsd }: LedgerJob) => chargedUsd !== null && chargedUsd > 0;
const getFirstAskAt = ({ asks }: LedgerJob): number => Math.min(...asks.map(({ at }) => at));

/** One wish is one item of one execution: the prompt in the ledger says so, whatever the key says. */
const groupByWish = (ledger: LedgerJob[]): Map<string, LedgerJob[]> =>
	groupBy(ledger, ({ executionId, itemIndex }) => `${executionId} item ${itemIndex}`);

export function findDoubleCharges({ ledger }: Evidence): Verdict {
	const findings = [...groupByWish(ledger)].flatMap(([wish, jobs]) => {
		const charged = jobs.filter(isCharged);
		return charged.length > 1 ? [`${wish}: ${charged.map(({ id }) => id).join(', ')}`] : [];
	});
	return { name: 'Jobs charged twice for one wish', findings, note: `${ledger.length} jobs, ${ledger.filter(isCharged).length} charged` };
}

/** Why a job should not have been made after the one before it; undefined when it may have been. */
function judgeSuccessor(before: LedgerJob, after: LedgerJob): string | undefined {
	if (isCharged(before)) return `${after.id} follows ${before.id}, which was charged`;
	if (before.key === after.key) return `${after.id} and ${before.id} have one key`;
	const isOver = before.completedAt !== undefined && before.completedAt <= getFirstAskAt(after) + 1;
	return isOver ? undefined : `${after.id} follows ${before.id}, which was not over (${before.status})`;
}

/** A second job for one wish is only right when the first had ended without a charge. */
export function findNeedlessJobs({ ledger }: Evidence): Verdict {
	const findings = [...groupByWish(ledger)].flatMap(([wish, jobs]) => {
		const inOrder = [...jobs].sort((a, b) => getFirstAskAt(a) - getFirstAskAt(b));
		return inOrder.slice(1).flatMap((job, index) => {
			const reason = judgeSuccessor(inOrder[index]!, job);
			return reason === undefined ? [] : [`${wish}: ${reason}`];
		});
	});
	const fresh = ledger.filter(({ key }) => /-r[1-9]\d*-[\da-f]{16}$/.test(key)).length;
	return { name: 'Jobs made anew though the first had not failed', findings, note: `${fresh} made anew after a failed one` };
}

/** Max Spend holds within each run of the node. */
export function findOverspending({ entries, ledger }: Evidence): Verdict {
	const limited = entries.filter(({ plan }) => plan.maxSpendUsd !== undefined);
	const findings = limited.flatMap(({ plan, outcome }) => {
		const jobs = ledger.filter(({ executionId }) => executionId === plan.executionId);
		return (outcome?.tries ?? []).flatMap(({ startedAt, endedAt }) => {
			const asked = jobs.filter(({ asks }) => asks.some(({ at }) => at >= startedAt && at <= endedAt));
			const usd = asked.reduce((sum, { chargedUsd }) => sum + (chargedUsd ?? 0), 0);
			return usd > (plan.maxSpendUsd ?? 0) + 1e-6 ? [`${plan.executionId}: $${usd} of $${plan.maxSpendUsd}`] : [];
		});
	});
	return { name: 'Runs that spent more than Max Spend', findings, note: `${limited.length} runs with a limit` };
}
