import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { FAILURES } from './failures';
import type { FailureKind } from './failures';

/** Whether money was taken: a fact, or "unknown" when the API's answer never arrived. */
export type Charged = boolean | 'unknown';

/** What is known about a failure; the texts of failures.ts are filled from it. */
export type Facts = {
	/** Label of the parameter to change, as the panel shows it. */
	field?: string;
	/** What is wrong, as a clause without a full stop, or the API's own words. */
	reason?: string;
	jobId?: string;
	/** Jobs of the same run whose images did not reach the next node. */
	otherJobIds?: string[];
	/** Other items of the same run, from 0, that were submitted and got no answer. */
	unansweredItems?: number[];
	/** How many jobs of the same run were answered with images and without an id. */
	namelessJobs?: number;
	status?: string;
	httpCode?: number;
	model?: string;
	seconds?: number;
	amountUsd?: number;
	limitUsd?: number;
	/** Overrides the failure's own statement about money, when the job said more. */
	charged?: Charged;
};

/** A message may end in words of the API, which end as they like; an ellipsis stays. */
const withoutFullStop = (text: string) => text.trimEnd().replace(/(?<!\.)\.$/, '');

/** The one exception of this package: a failure of a known kind and the facts about it. */
export class KymaError extends Error {
	constructor(
		readonly kind: FailureKind,
		readonly facts: Facts = {},
	) {
		super(withoutFullStop(FAILURES[kind].message(facts)));
		this.name = 'KymaError';
	}

	get charged(): Charged {
		return this.facts.charged ?? FAILURES[this.kind].charged;
	}
}

const MONEY: Record<`${Charged}`, string> = {
	true: 'You were charged for this.',
	false: 'You were not charged for this.',
	unknown: 'Whether you were charged is not known.',
};

/** What went wrong as a KymaError, whatever was thrown; an error of n8n's own keeps its words. */
export function toKymaError(caught: unknown, facts: Facts = {}): KymaError {
	if (caught instanceof KymaError) return caught;
	const reason = caught instanceof Error ? caught.message : String(caught);
	return new KymaError('unexpected', { ...facts, reason });
}

/** What kept n8n from handing over parameters or credential: an expression that fails, a credential that is not there. */
export const toSetupError = (caught: unknown): KymaError =>
	caught instanceof KymaError ? caught : new KymaError('setup', { reason: toKymaError(caught).message });

/** Throws in the place of an expression; n8n's rules keep `throw` of anything but its own errors out of a `catch`. */
export function raise(error: KymaError): never {
	throw error;
}

/** What to do about it, which jobs are concerned, and whether money was taken. */
function toDescription(error: KymaError): string {
	const { jobId, otherJobIds = [], unansweredItems = [], namelessJobs = 0 } = error.facts;
	const sentences = [
		FAILURES[error.kind].advice(error.facts),
		jobId && `Job ID: ${jobId}.`,
		MONEY[`${error.charged}`],
		otherJobIds.length > 0 &&
			`Other jobs of this run that were submitted and not delivered: ${otherJobIds.join(', ')}. Get Image Job brings their images back at no new charge.`,
		unansweredItems.length > 0 &&
			`Other items that were submitted without an answer, and may have been charged: ${unansweredItems.join(', ')}. A retry of the same execution re-attaches to their jobs.`,
		namelessJobs > 0 &&
			`Jobs of this run that were charged and answered without a job ID: ${namelessJobs}. A retry of the same execution gets their images at no new charge.`,
	];
	return sentences.filter(Boolean).join(' ');
}

/** The `details` of a failed item, also kept on the thrown error: `charged` always, the rest when known. */
export function toDetails(error: KymaError): IDataObject {
	const { jobId, status, httpCode, model, otherJobIds } = error.facts;
	const known = { jobId, status, httpCode, model, otherJobIds, charged: error.charged };
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/**
 * The error n8n shows: message with `[Item N]` (n8n counts items from 0), description with what to do,
 * `httpCode` when the API answered, `context.itemIndex`, and `context.data` with the details.
 */
export function toNodeError(node: INode, error: KymaError, itemIndex?: number) {
	const item = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	const options = { message: `${error.message}${item}`, description: toDescription(error), itemIndex };
	const { httpCode } = error.facts;
	const nodeError =
		httpCode === undefined
			? new NodeOperationError(node, options.message, options)
			: new NodeApiError(node, { message: error.message } as JsonObject, { ...options, httpCode: String(httpCode) });
	// n8n swaps a message that happens to contain a network code for a stock sentence: ours is better.
	nodeError.message = options.message;
	nodeError.context.data = toDetails(error);
	return nodeError;
}
