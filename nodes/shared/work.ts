import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ModelRow, Quality } from './catalog';
import type { JobRequest, Session } from './job';

/** How the images of one item are handed to the next node. */
export type Delivery = {
	simplify: boolean;
	downloadImages: boolean;
	outputMode: 'perImage' | 'perInput';
	/** Name of the binary field; with `perInput` the next ones are `_1`, `_2`, … */
	outputField: string;
	/** False: the job as it stands, with images only when it has succeeded already. */
	waitForCompletion: boolean;
	timeoutMs: number;
	/** Base of the file names; the model and the job id make one when it is empty. */
	fileName: string;
};

/** What a submit needs beyond its body. */
export type Submission = {
	request: JobRequest;
	/** Reads source images when the job's turn has come; `digest` stands for them in the idempotency key. */
	loadSources?: (session: Session) => Promise<Sources>;
	/** The user's own key, instead of the automatic one. */
	idempotencyKey?: string;
	imageCount: number;
	/** The bundled row of the model; undefined for an id typed by hand that is not among them. */
	row?: ModelRow;
	quality?: Quality;
};

export type Sources = { fields: { image_url?: string; image_urls?: string[] }; digest: unknown };

/** One input item's wish, read from the parameters: everything below the operations works on this alone. */
export type Work = {
	operation: string;
	delivery: Delivery;
	/** A job to submit, or one that exists. */
	target: Submission | { jobId: string };
};

/** Settings of the whole run, read once. */
export type RunSettings = { maxConcurrency: number; maxSpendUsd?: number };

/** An operation that makes or fetches images: its parameters, and how one item's wish is read from them. */
export type ImageOperation = {
	description: INodeProperties[];
	/** @throws KymaError `parameter` when a value makes no sense; nothing is sent */
	read: (context: IExecuteFunctions, itemIndex: number) => Work;
};
