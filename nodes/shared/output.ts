import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { toDetails } from './errors';
import type { KymaError } from './errors';
import type { StoredImage } from './store';
import type { ImageSource, Job } from './schemas';
import type { Work } from './work';

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
	isFirstMention && imageIndex === 0 ? job.chargedUsd : 0;

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
 * The item of a failure under Continue On Fail. n8n routes it to the error output because its JSON holds only `error`
 * and `details`. It has no `error` beside the JSON: n8n would then replace the JSON by the message alone, and with it
 * drop the job id (docs/decisions/0003-failed-items.md).
 */
export const toErrorItem = (error: KymaError, message: string, itemIndex: number): INodeExecutionData => ({
	json: { error: message, details: toDetails(error) },
	pairedItem: { item: itemIndex },
});
