import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { KymaImage } from '../../nodes/KymaImage/KymaImage.node.ts';
import type { Failure, Try } from './types';

type NodeError = { message: string; description?: string | null; context?: Record<string, unknown> };

/** A thrown failure as it states itself. */
export function toFailure(caught: unknown): Failure {
	const { message, description, context = {} } = caught as NodeError;
	const { itemIndex, data } = context as { itemIndex?: number; data?: Record<string, unknown> };
	return { message, description: description ?? '', itemIndex, details: data ?? {} };
}

/** The failures that a run states in its output. */
export function toStatedFailures(items: Array<Pick<INodeExecutionData, 'json' | 'pairedItem'>>): Failure[] {
	return items.flatMap(({ json, pairedItem }) => {
		if (json.error === undefined) return [];
		const { item: itemIndex } = pairedItem as { item: number };
		return [{ message: String(json.error), description: '', itemIndex, details: json.details as Record<string, unknown> }];
	});
}

/** A Kyma Image node that notes what each of its runs came to: n8n shows the last one of Retry On Fail only. */
export function watchNode(): { node: KymaImage; tries: Try[]; thrown: unknown[] } {
	const node = new KymaImage();
	const work = node.execute;
	const tries: Try[] = [];
	const thrown: unknown[] = [];
	const note = (startedAt: number, failures: Failure[]) => tries.push({ startedAt, endedAt: Date.now(), failures });
	node.execute = async function (this: IExecuteFunctions) {
		const startedAt = Date.now();
		return await work.call(this).then(
			(output) => {
				note(startedAt, toStatedFailures(output.flat()));
				return output;
			},
			async (caught: unknown) => {
				thrown.push(caught);
				note(startedAt, [toFailure(caught)]);
				return await Promise.reject(caught);
			},
		);
	};
	return { node, tries, thrown };
}
