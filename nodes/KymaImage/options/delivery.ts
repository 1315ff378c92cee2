import type { INodeProperties } from 'n8n-workflow';

// How the images are handed to the next node.

export const downloadImages: INodeProperties = {
	displayName: 'Download Images',
	name: 'downloadImages',
	type: 'boolean',
	default: true,
	description: 'Whether to hand the image files to the next node. If turned off, items hold the URLs only.',
};

export const fileName: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. product-photo',
	description: 'Name of the image files without extension, which follows the real content. Several images are numbered.',
};

export const outputMode: INodeProperties = {
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

export const putOutputInField: INodeProperties = {
	displayName: 'Put Output in Field',
	name: 'putOutputInField',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
	description: 'With All Images in One Item, further images are put in data_1, data_2 and so on',
};
