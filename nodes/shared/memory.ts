import type { IExecuteFunctions } from 'n8n-workflow';

import { KymaError } from './errors';

/** What is known of an item that was submitted; without an id its answer has not come. */
type Trace = { jobId?: string };

type Traces = { place: string; items: Record<number, Trace> };

/** What the tries of one run learn about its items, one after the other. */
export type Memory = {
	/** Notes that an item is about to be submitted, or the job that came of it. */
	note: (itemIndex: number, jobId?: string) => void;
	/** The failure of an item, with the job that an earlier try may have paid for. */
	complete: (error: KymaError, itemIndex: number) => KymaError;
	listJobIds: () => string[];
};

/**
 * Retry On Fail runs the whole node again, also after Stop, and shows the last failure only: that one must still name
 * the jobs of the tries before it. n8n keeps a node's context with the execution.
 */
export function createMemory(context: IExecuteFunctions, runIndex: number): Memory {
	const place = [context.getExecutionId(), runIndex].join(' ');
	const kept = context.getContext('node');
	const before = kept.kymaJobs as Traces | undefined;
	const traces: Traces = before?.place === place ? before : { place, items: {} };
	kept.kymaJobs = traces;
	const earlier = { ...traces.items };
	return {
		note: (itemIndex, jobId) => void (traces.items[itemIndex] = { ...traces.items[itemIndex], ...(jobId && { jobId }) }),
		complete: (error, itemIndex) => {
			const { jobId } = error.facts;
			const trace = earlier[itemIndex];
			if (trace && jobId === undefined && error.charged !== true) {
				return new KymaError(error.kind, { ...error.facts, ...trace, charged: 'unknown' });
			}
			if (error.charged === false) delete traces.items[itemIndex];
			return error;
		},
		listJobIds: () => Object.values(traces.items).flatMap(({ jobId }) => jobId ?? []),
	};
}
