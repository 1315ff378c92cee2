import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { ModelRow } from '../../shared/catalog';
import type { ImageOperation, Submission } from '../../shared/work';
import { buildModelField, buildPromptField } from '../fields';
import { editOptions } from '../options';
import { createReader, invalid } from '../parameters';
import type { Reader } from '../parameters';
import { readDelivery, readSubmission } from '../request';
import { BINARY_FIELD, URL_FIELD, loadBinaries, loadUrls, readBinaries, readUrls } from '../sources';

/** Kyma: up to 10 source images, for the one model that takes several. */
const MAX_SOURCES = 10;

const description: INodeProperties[] = [
	buildModelField('edit', 'searchEditModels'),
	buildPromptField('edit', 'e.g. Put the bicycle on a beach, keep its color', 'What to change in the source image, up to 4000 characters'),
	{
		displayName: 'Input Type',
		name: 'inputType',
		type: 'options',
		default: 'binary',
		description: 'Where the source images come from',
		displayOptions: { show: { operation: ['edit'] } },
		options: [
			{ name: 'Binary File(s)', value: 'binary' },
			{ name: 'Image URL(s)', value: 'url' },
		],
	},
	{
		displayName: BINARY_FIELD,
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the binary file data to be processed',
		description: 'Several names are separated by commas. Only FLUX.2 Pro takes several source images.',
		displayOptions: { show: { operation: ['edit'], inputType: ['binary'] } },
	},
	{
		displayName: URL_FIELD,
		name: 'imageUrls',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/photo.jpg',
		description:
			'Public HTTPS addresses of the source images, separated by commas, or an expression that gives an array. Only FLUX.2 Pro takes several.',
		displayOptions: { show: { operation: ['edit'], inputType: ['url'] } },
	},
	{
		displayName: 'FLUX.2 Pro takes up to 10 source images, separated by commas; the first 6 count most',
		name: 'severalImagesNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { operation: ['edit'], model: ['flux-2-pro'] } },
	},
	editOptions,
];

/** @throws KymaError `parameter` when the model does not take that many source images */
function checkSourceCount(row: ModelRow | undefined, count: number, field: string): void {
	const most = row?.maxSources ?? MAX_SOURCES;
	if (most === 0) throw invalid('Model', `${row?.name} takes no source image, choose one from the list or the operation Generate Image`);
	if (count > most) {
		const advice = most === 1 ? `${row?.name} takes one source image, choose FLUX.2 Pro for several` : `${most} is the most a model takes`;
		throw invalid(field, `${count} source images are too many, ${advice}`);
	}
}

function readSourceLoader(
	context: IExecuteFunctions,
	reader: Reader,
	itemIndex: number,
	row: ModelRow | undefined,
): Submission['loadSources'] {
	if (reader.value('inputType') === 'url') {
		const urls = readUrls(reader);
		checkSourceCount(row, urls.length, URL_FIELD);
		return loadUrls(urls);
	}
	const binaries = readBinaries(context, reader, itemIndex);
	checkSourceCount(row, binaries.length, BINARY_FIELD);
	const sendAs = reader.option('sendBinaryAs');
	return loadBinaries(binaries, sendAs === 'signedUrl' || sendAs === 'dataUrl' ? sendAs : 'auto');
}

/** An image from one or several others, and words. */
export const edit: ImageOperation = {
	description,
	read: (context, itemIndex) => {
		const reader = createReader(context, itemIndex);
		const submission = readSubmission(reader);
		const loadSources = readSourceLoader(context, reader, itemIndex, submission.row);
		return { operation: 'edit', delivery: readDelivery(reader, true), target: { ...submission, loadSources } };
	},
};
