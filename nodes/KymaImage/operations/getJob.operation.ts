import type { INodeProperties } from 'n8n-workflow';

import { isJobId } from '../../shared/job';
import type { ImageOperation } from '../../shared/work';
import { getJobOptions } from '../options';
import { createReader, invalid } from '../parameters';
import type { Reader } from '../parameters';
import { readDelivery } from '../request';

const description: INodeProperties[] = [
	{
		displayName: 'Job ID',
		name: 'jobId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. f3a9c8b2e1d0a4b6c7d8e9f0',
		description: 'ID of a job that was submitted earlier. Error messages and output items of this node carry it.',
		displayOptions: { show: { operation: ['getJob'] } },
	},
	getJobOptions,
];

/** The ID becomes part of an address: nothing that could lead elsewhere. @throws KymaError `parameter` */
function readJobId(reader: Reader): string {
	const jobId = reader.text('jobId').trim();
	if (jobId === '') throw invalid('Job ID', 'it is empty');
	if (!isJobId(jobId)) throw invalid('Job ID', `"${jobId.slice(0, 100)}" is not a job ID of Kyma`);
	return jobId;
}

/** A job that was submitted earlier, with its images when it has succeeded. */
export const getJob: ImageOperation = {
	description,
	read: (context, itemIndex) => {
		const reader = createReader(context, itemIndex);
		return { operation: 'getJob', delivery: readDelivery(reader, false), target: { jobId: readJobId(reader) } };
	},
};
