import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { toDetails } from './errors';
import type { KymaError } from './errors';
import type { StoredImage } from './store';
import type { ImageSource, Job } from './schemas';
import type { Work } from './work';

/** A job that is over, and what it brought. */
export type Result = {
	job: Job;
	/** Same order as `job.images`; undefined entries were not downloaded. */
	images: Array<{ source: ImageSource; stored?: StoredImage }>;
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

function toJobFields({ operation, target }: Work, { job, images, waitedMs }: Result): IDataObject {
	const request = 'request' in target ? target.request : undefined;
	return {
		jobId: job.id,
		status: job.statusText,
		operation,
		model: job.model ?? request?.model,
		prompt: request?.prompt,
		imageCount: images.length || undefined,
		estimatedCostUsd: job.estimatedCostUsd,
		createdAt: job.createdAt,
		completedAt: job.completedAt,
		elapsedMs: toElapsedMs(job, waitedMs),
	};
}

const toImageFields = ({ source, stored }: Result['images'][number], imageIndex: number): IDataObject => ({
	url: 'url' in source ? source.url : undefined,
	imageIndex,
	fileName: stored?.fileName,
	mimeType: stored?.mimeType,
	fileSize: stored?.bytes,
});

/** The job's charge on its first mention in the run, 0 on every other item, so that a sum over items is the bill. */
const toCost = ({ job, isFirstMention }: Result, imageIndex: number): number | null =>
	isFirstMention && imageIndex === 0 ? job.chargedUsd : 0;

const toField = (name: string, index: number) => (index === 0 ? name : `${name}_${index}`);

function toPerImageItems(work: Work, result: Result, itemIndex: number): INodeExecutionData[] {
	const { simplify, outputField } = work.delivery;
	return result.images.map((image, index) => {
		const fields = { ...toJobFields(work, result), ...toImageFields(image, index), costUsd: toCost(result, index) };
		return {
			json: simplify ? compact(fields) : (result.job.raw as IDataObject),
			...(image.stored && { binary: { [outputField]: image.stored.binary } }),
			pairedItem: { item: itemIndex },
		};
	});
}

function toPerInputItem(work: Work, result: Result, itemIndex: number): INodeExecutionData {
	const { simplify, outputField } = work.delivery;
	const named = result.images.map((image, index) => ({ image, name: toField(outputField, index), index }));
	const images = named.map(({ image, name, index }) => compact({ ...toImageFields(image, index), field: image.stored && name }));
	const binary = Object.fromEntries(named.flatMap(({ image, name }) => (image.stored ? [[name, image.stored.binary]] : [])));
	const fields = { ...toJobFields(work, result), url: images[0]?.url, costUsd: toCost(result, 0), images };
	return {
		json: simplify ? compact(fields) : (result.job.raw as IDataObject),
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem: { item: itemIndex },
	};
}

/** A job without images: still running, or failed and only looked at. */
function toJobItem(work: Work, result: Result, itemIndex: number): INodeExecutionData {
	const fields = { ...toJobFields(work, result), costUsd: toCost(result, 0), failureReason: result.job.reason };
	return { json: work.delivery.simplify ? compact(fields) : (result.job.raw as IDataObject), pairedItem: { item: itemIndex } };
}

/** The items of one input item, per product.md "Output". */
export function toItems(work: Work, result: Result, itemIndex: number): INodeExecutionData[] {
	if (result.images.length === 0) return [toJobItem(work, result, itemIndex)];
	if (work.delivery.outputMode === 'perInput') return [toPerInputItem(work, result, itemIndex)];
	return toPerImageItems(work, result, itemIndex);
}

/** The item of a failure under Continue On Fail; n8n routes it to the error output by its `error`. */
export function toErrorItem(error: KymaError, message: string, itemIndex: number): INodeExecutionData {
	return { json: { error: message, details: toDetails(error) }, pairedItem: { item: itemIndex } };
}
