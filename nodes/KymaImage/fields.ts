import type { INodeProperties } from 'n8n-workflow';

import { MODELS, findModel } from './models';

/** The model list of an operation: searchable, live, with any id by hand beside it. */
export const buildModelField = (operation: string, searchListMethod: string): INodeProperties => ({
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: 'nano-banana', cachedResultName: 'Nano Banana' },
	description: 'The image model to use. The list shows the price of one image in USD; Nano Banana is a good start.',
	displayOptions: { show: { operation: [operation] } },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a model...',
			typeOptions: { searchListMethod, searchable: true },
		},
		{
			displayName: 'ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. nano-banana',
			hint: 'Any model ID of Kyma works, also one that is not in the list yet',
		},
	],
});

export const buildPromptField = (operation: string, placeholder: string, description: string): INodeProperties => ({
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: '',
	placeholder,
	description,
	displayOptions: { show: { operation: [operation] } },
});

/** A model that has a successor says so, under the list. */
export const legacyNotices: INodeProperties[] = MODELS.flatMap(({ id, name, successor }) =>
	successor
		? [
				{
					displayName: `${name} is a legacy model, ${findModel(successor)?.name} replaces it`,
					name: 'legacyNotice',
					type: 'notice',
					default: '',
					displayOptions: { show: { operation: ['generate'], model: [id] } },
				},
			]
		: [],
);

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const aspectRatio: INodeProperties = {
	displayName: 'Aspect Ratio',
	name: 'aspectRatio',
	type: 'options',
	default: 'auto',
	description: 'Shape of the image. A model that does not know it uses its own default.',
	options: [
		{ name: '1:1 (Square)', value: '1:1' },
		{ name: '16:9 (Wide)', value: '16:9' },
		{ name: '21:9 (Cinema)', value: '21:9' },
		{ name: '3:4 (Portrait)', value: '3:4' },
		{ name: '4:3 (Landscape)', value: '4:3' },
		{ name: '9:16 (Phone)', value: '9:16' },
		{ name: 'Auto', value: 'auto' },
	],
};

const customSize: INodeProperties = {
	displayName: 'Custom Size',
	name: 'customSize',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1536x1024',
	description: 'Width and height in pixels, for models that take them (such as GPT Image 2). Wins over Aspect Ratio.',
};

const downloadImages: INodeProperties = {
	displayName: 'Download Images',
	name: 'downloadImages',
	type: 'boolean',
	default: true,
	description: 'Whether to hand the image files to the next node. If turned off, items hold the URLs only.',
};

const extra: INodeProperties = {
	displayName: 'Extra Parameters',
	name: 'extra',
	type: 'json',
	default: '{}',
	description: 'Model-specific parameters as a JSON object, passed on unchanged. Wins over Seed and Style.',
};

const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. product-photo',
	description: 'Name of the image files without extension, which follows the real content. Several images are numbered.',
};

const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	typeOptions: { password: false },
	default: '',
	placeholder: 'e.g. order-1042-hero',
	description:
		'Kyma makes and charges one job per key. Leave empty for an automatic key that makes retries of the same execution safe; set your own to also cover new executions.',
};

const maxConcurrency: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 8,
	description: 'How many jobs of this run may be in flight at once. The value of the first item counts.',
};

const maxSpend: INodeProperties = {
	displayName: 'Max Spend',
	name: 'maxSpend',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 1,
	hint: 'In USD, for all items of one run',
	description:
		'Most that one run of this node may cost, in USD. A job that would cross the limit is not submitted. The value of the first item counts.',
};

const numberOfImages: INodeProperties = {
	displayName: 'Number of Images',
	name: 'numberOfImages',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 4, numberPrecision: 0 },
	default: 1,
	description: 'How many images to make per item, 1 to 4. Each one is billed.',
};

const outputMode: INodeProperties = {
	displayName: 'Output Mode',
	name: 'outputMode',
	type: 'options',
	default: 'perImage',
	description: 'How several images of one job are returned',
	options: [
		{ name: 'All Images in One Item', value: 'perInput' },
		{ name: 'One Item per Image', value: 'perImage' },
	],
};

const putOutputInField: INodeProperties = {
	displayName: 'Put Output in Field',
	name: 'putOutputInField',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
	description: 'With All Images in One Item, further images are put in data_1, data_2 and so on',
};

const quality: INodeProperties = {
	displayName: 'Quality',
	name: 'quality',
	type: 'options',
	default: 'medium',
	description: 'Quality of GPT Image 2. It decides the price and the time: about 20 s, 30 s or 60 s.',
	displayOptions: { show: { '/model': ['gpt-image-2'] } },
	options: [
		{ name: 'High', value: 'high' },
		{ name: 'Low', value: 'low' },
		{ name: 'Medium', value: 'medium' },
	],
};

const seed: INodeProperties = {
	displayName: 'Seed',
	name: 'seed',
	type: 'number',
	typeOptions: { numberPrecision: 0 },
	default: 0,
	description: 'The same seed and prompt give similar images, with models that support it',
};

const sendBinaryAs: INodeProperties = {
	displayName: 'Send Binary As',
	name: 'sendBinaryAs',
	type: 'options',
	default: 'auto',
	description: 'How a file reaches Kyma, which wants an address. A signed URL needs an n8n that is reachable from the internet over HTTPS.',
	options: [
		{ name: 'Auto', value: 'auto', description: 'Signed URL when this n8n has a public HTTPS address, else a data URL' },
		{ name: 'Data URL', value: 'dataUrl', description: 'The file travels inside the request' },
		{ name: 'Signed URL', value: 'signedUrl', description: 'Kyma fetches the file from this n8n, with an address that expires' },
	],
};

const style: INodeProperties = {
	displayName: 'Style',
	name: 'style',
	type: 'string',
	default: '',
	placeholder: 'e.g. digital_illustration',
	description: 'Style of models that support it, such as Recraft',
};

const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 330,
	hint: 'In seconds',
	description:
		'How long to wait for one job, in seconds. Kyma itself gives up after 300. A job that is still running can be fetched later with Get Image Job.',
};

const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: true,
	description:
		'Whether to wait until the images are there. If turned off, the job is returned as it stands and its images can be fetched later with Get Image Job.',
};

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
