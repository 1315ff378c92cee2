import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { ModelRow } from './catalog';
import { KymaError, toKymaError, toNodeError, toSetupError } from './errors';
import { deliver } from './deliver';
import { toErrorItem } from './output';
import { createRun } from './run';
import type { Run } from './run';
import { reserveBaseNames } from './names';
import type { ImageOperation, RunSettings, Work } from './work';

/** Images a fetched job may hold: Kyma makes four at most. */
const MAX_IMAGES = 4;

type Plan = { work: Work; baseName: string } | { error: KymaError };
type Failure = { error: KymaError; itemIndex: number };

/** Reads one item's wish; a value that makes no sense is kept as an error until it is known what errors mean here. */
function readWork(context: IExecuteFunctions, operation: ImageOperation, itemIndex: number): Work | KymaError {
	try {
		return operation.read(context, itemIndex);
	} catch (caught) {
		return toSetupError(caught);
	}
}

const getImageCount = ({ target }: Work) => ('imageCount' in target ? target.imageCount : MAX_IMAGES);

/** Reads every item before anything is sent, so that a typing error in item 70 does not cost 69 images. */
function planItems(context: IExecuteFunctions, operation: ImageOperation): Plan[] {
	const works = context.getInputData().map((_, index) => readWork(context, operation, index));
	const named = works.map((work) => (work instanceof KymaError ? undefined : work));
	const names = reserveBaseNames(
		named.map((work) => work?.delivery.fileName || ''),
		named.map((work) => (work?.delivery.fileName ? getImageCount(work) : 0)),
	);
	return works.map((work, index) => {
		if (work instanceof KymaError) return { error: work };
		return { work, baseName: work.delivery.fileName ? (names[index] ?? '') : '' };
	});
}

/**
 * Runs an image operation over all input items side by side, under the run's limits. Output order is input order.
 * A failed item becomes an error item when the node continues on failure; else it ends the run: nothing more is
 * submitted, and the error names every job whose images the next node did not get.
 * @throws NodeOperationError, NodeApiError
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: ImageOperation,
	readSettings: (context: IExecuteFunctions) => RunSettings,
	rows: ModelRow[],
): Promise<INodeExecutionData[]> {
	const plans = planItems(context, operation);
	const failures: Failure[] = [];
	const firstBad = plans.findIndex((plan) => 'error' in plan);
	const bad = plans[firstBad];
	if (bad && 'error' in bad && !context.continueOnFail()) throw toNodeError(context.getNode(), bad.error, firstBad);
	const run = await startRun(context, readSettings, rows);
	if (run instanceof KymaError) return failAll(context, plans, run);
	const results = await Promise.all(plans.map(async (plan, index) => await runItem(run, plan, index, failures)));
	const fatal = run.stopSignal.aborted ? toStop(run, failures) : context.continueOnFail() ? undefined : failures[0];
	if (fatal) throw toNodeError(context.getNode(), withOthers(run, fatal.error, failures), fatal.itemIndex);
	addCostHint(context, run);
	return results.flat();
}

async function startRun(
	context: IExecuteFunctions,
	readSettings: (context: IExecuteFunctions) => RunSettings,
	rows: ModelRow[],
): Promise<Run | KymaError> {
	try {
		return await createRun(context, readSettings(context), rows);
	} catch (caught) {
		return toSetupError(caught);
	}
}

/**
 * What keeps the run from starting fails every item. Thrown, n8n would hand the input items on as if they were results.
 * @throws NodeOperationError when the node does not continue on failure
 */
function failAll(context: IExecuteFunctions, plans: Plan[], error: KymaError): INodeExecutionData[] {
	const node = context.getNode();
	if (!context.continueOnFail()) throw toNodeError(node, error, error.kind === 'parameter' ? 0 : undefined);
	return plans.map((plan, itemIndex) => {
		const own = 'error' in plan ? plan.error : error;
		return toErrorItem({ error: own, itemIndex }, toNodeError(node, own, itemIndex), context);
	});
}

async function runItem(run: Run, plan: Plan, itemIndex: number, failures: Failure[]): Promise<INodeExecutionData[]> {
	try {
		if ('error' in plan) throw plan.error;
		return await deliver(run, plan.work, plan.baseName, itemIndex);
	} catch (caught) {
		return fail(run, { error: run.memory.complete(toKymaError(caught), itemIndex), itemIndex }, failures);
	}
}

/** Records a failure; unless the node continues on failure it stops the other items, whose errors then follow from it. */
function fail(run: Run, failure: Failure, failures: Failure[]): INodeExecutionData[] {
	failures.push(failure);
	run.ledger.fail(failure.error.charged);
	if (!run.context.continueOnFail()) run.abort();
	const nodeError = toNodeError(run.context.getNode(), failure.error, failure.itemIndex);
	return [toErrorItem(failure, nodeError, run.context)];
}

/** Stop, or the execution timeout: one error for the run, which names the jobs in flight. */
function toStop(run: Run, failures: Failure[]): { error: KymaError; itemIndex?: number } {
	const waitedFor = failures.flatMap(({ error }) => (error.kind === 'canceled' ? (error.facts.jobId ?? []) : []));
	const [jobId] = [...run.ledger.listOpenJobIds(), ...waitedFor];
	const wasSubmitting = failures.some(({ error }) => error.charged !== false);
	return { error: new KymaError('canceled', { jobId, charged: jobId || wasSubmitting ? 'unknown' : false }) };
}

/** The error that ends a run speaks for the other items too: their jobs, and the submits whose answer never came. */
function withOthers(run: Run, error: KymaError, failures: Failure[]): KymaError {
	const otherJobIds = run.ledger.listOpenJobIds(error.facts.jobId);
	const unanswered = failures.filter((other) => other.error.charged === 'unknown' && other.error.facts.jobId === undefined);
	const unansweredItems = unanswered.flatMap((other) => (other.error === error ? [] : [other.itemIndex]));
	const namelessJobs = run.ledger.countNameless();
	if (otherJobIds.length + unansweredItems.length + namelessJobs === 0) return error;
	const others = { ...(otherJobIds.length > 0 && { otherJobIds }), unansweredItems, namelessJobs };
	return new KymaError(error.kind, { ...error.facts, ...others });
}

function addCostHint(context: IExecuteFunctions, run: Run): void {
	const message = run.ledger.summarize();
	if (message) context.addExecutionHints?.({ message, location: 'outputPane' });
}
