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
