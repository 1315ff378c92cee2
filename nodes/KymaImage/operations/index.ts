import type { IExecuteFunctions, INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { runItems } from '../../shared/pipeline';
import type { ImageOperation } from '../../shared/work';
import { simplifyField } from '../fields';
import { MODELS } from '../models';
import { createReader } from '../parameters';
import { readSettings } from '../request';
import { edit } from './edit.operation';
import { generate } from './generate.operation';
import { getJob } from './getJob.operation';
import { listModels } from './listModels.operation';

type Operation = {
	option: INodePropertyOptions;
	description: INodeProperties[];
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;
};

const fromImages = (option: INodePropertyOptions, operation: ImageOperation): Operation => ({
	option,
	description: operation.description,
	execute: async (context) => await runItems(context, operation, (run) => readSettings(createReader(run, 0)), MODELS),
});

/** The operations of the node, in the order of the panel: one line each, one file each. */
export const OPERATIONS: Record<string, Operation> = {
	generate: fromImages(
		{ name: 'Generate Image', value: 'generate', action: 'Generate an image', description: 'Make images from a prompt' },
		generate,
	),
	edit: fromImages(
		{ name: 'Edit Image', value: 'edit', action: 'Edit an image', description: 'Change one or several source images with a prompt' },
		edit,
	),
	getJob: fromImages(
		{
			name: 'Get Image Job',
			value: 'getJob',
			action: 'Get an image job',
			description: 'Fetch a job submitted earlier, and its images when it has succeeded',
		},
		getJob,
	),
	listModels: {
		option: {
			name: 'List Image Models',
			value: 'listModels',
			action: 'List image models',
			description: 'Get the models that Kyma offers now, with their prices',
		},
		description: [],
		execute: listModels,
	},
};

const fields = Object.values(OPERATIONS).flatMap(({ description }) => description);
const isOptions = ({ name }: INodeProperties) => name === 'options';

/** All parameters of the node: the operation first, the options last, as in n8n's own nodes. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'generate',
		options: Object.values(OPERATIONS).map(({ option }) => option),
	},
	...fields.filter((field) => !isOptions(field)),
	simplifyField,
	...fields.filter(isOptions),
];
