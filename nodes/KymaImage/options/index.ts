import type { INodeProperties } from 'n8n-workflow';

import { downloadImages, fileName, outputMode, putOutputInField } from './delivery';
import { aspectRatio, customSize, extra, numberOfImages, quality, seed, sendBinaryAs, style } from './image';
import { idempotencyKey, maxConcurrency, maxSpend, timeout, waitForCompletion } from './run';

const buildOptions = (operation: string, options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: { operation: [operation] } },
	options,
});

const making = [
	aspectRatio,
	customSize,
	downloadImages,
	extra,
	fileName,
	idempotencyKey,
	maxConcurrency,
	maxSpend,
	numberOfImages,
	outputMode,
	putOutputInField,
	quality,
	seed,
];

/** The options of each operation, in alphabetical order of their labels. */
export const generateOptions = buildOptions('generate', [...making, style, timeout, waitForCompletion]);
export const editOptions = buildOptions('edit', [...making, sendBinaryAs, style, timeout, waitForCompletion]);
export const getJobOptions = buildOptions('getJob', [
	downloadImages,
	fileName,
	maxConcurrency,
	outputMode,
	putOutputInField,
	timeout,
	{ ...waitForCompletion, default: false },
]);
