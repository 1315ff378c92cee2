import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { toDetails } from './errors';
import type { KymaError } from './errors';
import { getCostUsd } from './job';
import type { StoredImage } from './store';
import type { ImageSource, Job } from './schemas';
import type { Work } from './work';

type NodeError = NodeApiError | NodeOperationError;
type Failure = { error: KymaError; itemIndex: number };

export type CollectedImage = { source: ImageSource; stored?: StoredImage };

/** A job that is over, and what it brought. */
export type Result = {
	job: Job;
	/** Same order as `job.images`; undefined entries were not downloaded. */
	images: CollectedImage[];
	/** Milliseconds the item waited. */
	waitedMs: number;
	/** False when this run has stated the charge of this job on another item already. */
	isFirstMention: boolean;
};

/** Leaves out what does not apply: a field is absent, not empty. Null stays, it says "not reported". */
const compact = (fields: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));

/** How long the job took by Kyma's own clock, or how long the item waited when Kyma does not say. */
export function toElapsedMs({ createdAt, completedAt }: Job, waitedMs?: number): number | undefined {
	const byKyma = Date.parse(completedAt ?? '') - Date.parse(createdAt ?? '');
	return Number.isFinite(byKyma) ? Math.max(0, byKyma) : waitedMs;
}

/** The job's charge on its first mention in the run, 0 on every other item, so that a sum over items is the bill. */
const toCost = ({ job, isFirstMention }: Result, imageIndex: number): number | null =>
	isFirstMention && imageIndex === 0 ? getCostUsd(job) : 0;

const toImageFields = ({ source, stored }: CollectedImage, imageIndex: number): IDataObject => ({
	url: 'url' in source ? source.url : undefined,
	imageIndex,
	fileName: stored?.fileName,
	mimeType: stored?.mimeType,
	fileSize: stored?.bytes,
});

/** The simplified JSON, in the order of product.md "Output"; `own` holds what is particular to the item. */
function toJson({ operation, target }: Work, result: Result, imageIndex: number, own: IDataObject): IDataObject {
	const { job, images, waitedMs } = result;
	const request = 'request' in target ? target.request : undefined;
	return compact({
		jobId: job.id,
		status: job.statusText,
		operation,
		model: job.model ?? request?.model,
		prompt: request?.prompt,
		url: own.url,
		imageIndex: own.imageIndex,
		imageCount: images.length || undefined,
		...own,
		costUsd: toCost(result, imageIndex),
		estimatedCostUsd: job.estimatedCostUsd,
		createdAt: job.createdAt,
		completedAt: job.completedAt,
		elapsedMs: toElapsedMs(job, waitedMs),
	});
}

function toItem(work: Work, result: Result, json: IDataObject, binary: IBinaryKeyData, itemIndex: number): INodeExecutionData {
	return {
		json: work.delivery.simplify ? json : (result.job.raw as IDataObject),
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: { item: itemIndex },
	};
}

const toField = (name: string, index: number) => (index === 0 ? name : `${name}_${index}`);

function toPerImageItems(work: Work, result: Result, itemIndex: number): INodeExecutionData[] {
	return result.images.map((image, index) => {
		const binary: IBinaryKeyData = image.stored ? { [work.delivery.outputField]: image.stored.binary } : {};
		return toItem(work, result, toJson(work, result, index, toImageFields(image, index)), binary, itemIndex);
	});
}

function toPerInputItem(work: Work, result: Result, itemIndex: number): INodeExecutionData {
	const binary: IBinaryKeyData = {};
	const images = result.images.map((image, index) => {
		const field = toField(work.delivery.outputField, index);
		if (image.stored) binary[field] = image.stored.binary;
		return compact({ ...toImageFields(image, index), field: image.stored && field });
	});
	return toItem(work, result, toJson(work, result, 0, { url: images[0]?.url, images }), binary, itemIndex);
}

/** A job without images: still running, or failed and only looked at. */
const toJobItem = (work: Work, result: Result, itemIndex: number): INodeExecutionData =>
	toItem(work, result, toJson(work, result, 0, { failureReason: result.job.reason }), {}, itemIndex);

/** The items of one input item, per product.md "Output". */
export function toItems(work: Work, result: Result, itemIndex: number): INodeExecutionData[] {
	if (result.images.length === 0) return [toJobItem(work, result, itemIndex)];
	if (work.delivery.outputMode === 'perInput') return [toPerInputItem(work, result, itemIndex)];
	return toPerImageItems(work, result, itemIndex);
}

/**
 * n8n from 2.36 on sends an item to the error output when its JSON holds only `error` and `details`. Before that only an
 * `error` beside the JSON does so, and n8n then replaces the JSON by the message alone. Told by what came with 2.36 too:
 * `sleep` takes a signal.
 */
const ROUTES_BY_JSON = sleep.length > 1;

/**
 * The item of a failure under Continue On Fail, with the job id in its `details` wherever n8n lets it through
 * (docs/decisions/0003-failed-items.md). The message names the job in any case.
 */
export function toErrorItem({ error, itemIndex }: Failure, nodeError: NodeError, context: IExecuteFunctions): INodeExecutionData {
	const item = { json: { error: nodeError.message, details: toDetails(error) }, pairedItem: { item: itemIndex } };
	const needsError = context.getNode().onError === 'continueErrorOutput' && !ROUTES_BY_JSON;
	return needsError ? { ...item, error: nodeError } : item;
}
