import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../simulator';
import { findDeliveries, isDelivered, namesJob } from './audit/deliveries';
import type { FaultRow } from './faults';
import { inLanes } from './lanes';
import { readLedger } from './ledger';
import { CALM_TIMEOUT_S, buildRecovery } from './plan';
import type { Runner } from './runner';
import type { Entry, LedgerJob, Plan } from './types';

const LANES = 8;

/** Jobs that were paid for and whose images did not come, under faults. */
const listMissing = (ledger: LedgerJob[], { plan, outcome }: Entry): LedgerJob[] => {
	const deliveries = outcome ? findDeliveries(outcome) : [];
	return ledger.filter((job) => job.executionId === plan.executionId && job.chargedUsd !== null && !isDelivered(job, deliveries));
};

/** The same wishes under the same keys, without what ended the run early. */
function toRerun({ plan }: Entry): Plan {
	const kept = Object.entries(plan.parameters.options as IDataObject).filter(([name]) => name !== 'maxSpend');
	const options = { ...Object.fromEntries(kept), waitForCompletion: true, timeout: CALM_TIMEOUT_S };
	const parameters = { ...plan.parameters, options };
	const settings: Plan['settings'] = { onError: 'continueRegularOutput' };
	return { ...plan, parameters, settings, isCalm: true, stopAfterMs: undefined, killsAfterMs: [] };
}

/** Runs again, without faults, the executions that paid for an image and do not know its job id. */
export async function rerun(kyma: Simulator, run: Runner, rows: FaultRow[], entries: Entry[]): Promise<void> {
	const ledger = await readLedger(kyma, rows);
	const doubtful = entries.filter((entry) => listMissing(ledger, entry).some((job) => !namesJob(entry.outcome, job.id)));
	await inLanes(LANES, doubtful, async (entry) => {
		entry.rerun = await run({ plan: toRerun(entry), killedAt: [] }, kyma.url);
	});
}

/** Fetches with Get Image Job what was paid for and not delivered; gives the images by job id. */
export async function recover(kyma: Simulator, run: Runner, rows: FaultRow[], entries: Entry[]): Promise<Map<string, string[]>> {
	const ledger = await readLedger(kyma, rows);
	const recovered = new Map<string, string[]>();
	await inLanes(LANES, entries, async (entry, index) => {
		const known = listMissing(ledger, entry).filter(({ id }) => namesJob(entry.outcome, id));
		if (known.length === 0) return;
		const ids = known.map(({ id }) => id);
		const plan = buildRecovery(index, ids, entry.plan.apiKey);
		const outcome = await run({ plan, killedAt: [] }, kyma.url);
		for (const { jobId, sha256 } of outcome ? findDeliveries(outcome) : []) {
			if (jobId !== undefined) recovered.set(jobId, [...(recovered.get(jobId) ?? []), sha256]);
		}
	});
	return recovered;
}
