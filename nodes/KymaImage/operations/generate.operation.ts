import type { INodeProperties } from 'n8n-workflow';

import type { ImageOperation } from '../../shared/work';
import { buildModelField, buildPromptField, legacyNotices } from '../fields';
import { generateOptions } from '../options';
import { createReader, invalid } from '../parameters';
import { readDelivery, readSubmission } from '../request';

const description: INodeProperties[] = [
	buildModelField('generate', 'searchGenerateModels'),
	...legacyNotices,
	buildPromptField(
		'generate',
		'e.g. A red bicycle leaning on a white wall, morning light',
		'What the image should show, up to 4000 characters',
	),
	generateOptions,
];

/** An image from words alone. */
export const generate: ImageOperation = {
	description,
	read: (context, itemIndex) => {
		const reader = createReader(context, itemIndex);
		const submission = readSubmission(reader);
		if (submission.row?.minSources) {
			throw invalid('Model', `${submission.row.name} needs a source image, choose the operation Edit Image or another model`);
		}
		return { operation: 'generate', delivery: readDelivery(reader, true), target: submission };
	},
};
