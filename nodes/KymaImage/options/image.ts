import type { INodeProperties } from 'n8n-workflow';

// What kind of image is asked for.

export const aspectRatio: INodeProperties = {
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

export const customSize: INodeProperties = {
	displayName: 'Custom Size',
	name: 'customSize',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1536x1024',
	description: 'Width and height in pixels, for models that take them (such as GPT Image 2). Wins over Aspect Ratio.',
};

export const extra: INodeProperties = {
	displayName: 'Extra Parameters',
	name: 'extra',
	type: 'json',
	default: '{}',
	description: 'Model-specific parameters as a JSON object, passed on unchanged. Wins over Seed and Style.',
};

export const numberOfImages: INodeProperties = {
	displayName: 'Number of Images',
	name: 'numberOfImages',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 4, numberPrecision: 0 },
	default: 1,
	description: 'How many images to make per item, 1 to 4. Each one is billed.',
};

export const quality: INodeProperties = {
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

export const seed: INodeProperties = {
	displayName: 'Seed',
	name: 'seed',
	type: 'number',
	typeOptions: { numberPrecision: 0 },
	default: 0,
	description: 'The same seed and prompt give similar images, with models that support it',
};

export const sendBinaryAs: INodeProperties = {
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

export const style: INodeProperties = {
	displayName: 'Style',
	name: 'style',
	type: 'string',
	default: '',
	placeholder: 'e.g. digital_illustration',
	description: 'Style of models that support it, such as Recraft',
};
