import type { INodeProperties } from 'n8n-workflow';

// How jobs are paid for, submitted and waited for.

export const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	typeOptions: { password: false },
	default: '',
	placeholder: 'e.g. order-1042-hero',
	description:
		'Kyma makes and charges one job per key. Leave empty for an automatic key that makes retries of the same execution safe; set your own to also cover new executions.',
};

export const maxConcurrency: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 8,
	description: 'How many jobs of this run may be in flight at once. The value of the first item counts.',
};

export const maxSpend: INodeProperties = {
	displayName: 'Max Spend',
	name: 'maxSpend',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 1,
	hint: 'In USD, for all items of one run',
	description:
		'Most that one run of this node may cost, in USD. A job that would cross the limit is not submitted. The value of the first item counts.',
};

export const timeout: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 330,
	hint: 'In seconds',
	description:
		'How long to wait for one job, in seconds. Kyma itself gives up after 300. A job that is still running can be fetched later with Get Image Job.',
};

export const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: true,
	description:
		'Whether to wait until the images are there. If turned off, the job is returned as it stands and its images can be fetched later with Get Image Job.',
};
