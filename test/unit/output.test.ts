import type { IBinaryData, IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { KymaError } from '../../nodes/shared/errors';
import { toElapsedMs, toErrorItem, toItems } from '../../nodes/shared/output';
import type { Result } from '../../nodes/shared/output';
import { parseJob } from '../../nodes/shared/schemas';
import type { Job } from '../../nodes/shared/schemas';
import type { StoredImage } from '../../nodes/shared/store';
import type { Delivery, Work } from '../../nodes/shared/work';

/** product.md, "Output". */
const FIELDS = [
	'jobId',
	'status',
	'operation',
	'model',
	'prompt',
	'url',
	'imageIndex',
	'imageCount',
	'fileName',
	'mimeType',
	'fileSize',
	'costUsd',
	'estimatedCostUsd',
	'createdAt',
	'completedAt',
	'elapsedMs',
];

const raw = {
	id: 'f3a9',
	status: 'succeeded',
	model: 'nano-banana',
	created_at: '2026-04-25T10:00:00.000Z',
	completed_at: '2026-04-25T10:00:07.000Z',
	output: { urls: ['https://cdn.example/0.png', 'https://cdn.example/1.png', 'https://cdn.example/2.png'] },
	error: null,
	estimated_cost: 0.15,
	charged_amount: 0.138,
};
const delivery: Delivery = {
	simplify: true,
	downloadImages: true,
	outputMode: 'perImage',
	outputField: 'data',
	waitForCompletion: true,
	timeoutMs: 330_000,
	fileName: '',
};

const buildWork = (change: Partial<Delivery> = {}): Work => ({
	operation: 'generate',
	delivery: { ...delivery, ...change },
	target: { request: { model: 'nano-banana', prompt: 'a red bicycle' }, imageCount: 3 },
});

const buildStored = (index: number): StoredImage => ({
	binary: { data: '', mimeType: 'image/png', id: `stored ${index}` } satisfies IBinaryData,
	fileName: `nano-banana_${index}.png`,
	mimeType: 'image/png',
	bytes: 1_000 + index,
});

/** A finished job with its images, as `change` has it. */
function buildResult(change: Partial<Result> & { body?: Record<string, unknown> } = {}): Result {
	const job = parseJob({ ...raw, ...change.body }) as Job;
	const images = job.images.map((source, index) => ({ source, stored: buildStored(index) }));
	return { job, images, waitedMs: 9_000, isFirstMention: true, ...change };
}

const node = { getNode: () => ({ onError: 'continueErrorOutput' }) } as unknown as IExecuteFunctions;
const told = (message: string) => ({ message }) as unknown as NodeOperationError;

test('an item per image has the promised fields in the promised order', () => {
	const items = toItems(buildWork(), buildResult(), 4);
	expect(items.map(({ json }) => Object.keys(json))).toEqual([FIELDS, FIELDS, FIELDS]);
	expect(items[1]).toEqual({
		json: {
			jobId: 'f3a9',
			status: 'succeeded',
			operation: 'generate',
			model: 'nano-banana',
			prompt: 'a red bicycle',
			url: 'https://cdn.example/1.png',
			imageIndex: 1,
			imageCount: 3,
			fileName: 'nano-banana_1.png',
			mimeType: 'image/png',
			fileSize: 1_001,
			costUsd: 0,
			estimatedCostUsd: 0.15,
			createdAt: raw.created_at,
			completedAt: raw.completed_at,
			elapsedMs: 7_000,
		},
		binary: { data: buildStored(1).binary },
		pairedItem: { item: 4 },
	});
});

test.each(['perImage', 'perInput'] as const)('the costs of all items of a job add up to its charge, %s', (outputMode) => {
	const items = toItems(buildWork({ outputMode }), buildResult(), 0);
	expect(items.map(({ json }) => Number(json.costUsd)).reduce((sum, usd) => sum + usd)).toBe(0.138);
	expect(items[0]?.json.costUsd).toBe(0.138);
});

test('a job that another item of the run has stated already costs nothing again', () => {
	const items = toItems(buildWork(), buildResult({ isFirstMention: false }), 0);
	expect(items.map(({ json }) => json.costUsd)).toEqual([0, 0, 0]);
});

test('a job that reports no charge says null, not a figure', () => {
	const items = toItems(buildWork(), buildResult({ body: { charged_amount: null, estimated_cost: undefined } }), 0);
	expect(items.map(({ json }) => json.costUsd)).toEqual([null, 0, 0]);
	expect(items[0]?.json.estimatedCostUsd).toBeNull();
});

test('a refund that still shows its price cost nothing', () => {
	const items = toItems(buildWork(), buildResult({ images: [], body: { status: 'refunded', output: null } }), 0);
	expect(items.map(({ json }) => json.costUsd)).toEqual([0]);
});

test('all images in one item stand in data, data_1, data_2, and each is told where it is', () => {
	const items = toItems(buildWork({ outputMode: 'perInput' }), buildResult(), 2);
	expect(items).toHaveLength(1);
	expect(Object.keys(items[0]?.binary ?? {})).toEqual(['data', 'data_1', 'data_2']);
	expect(items[0]?.binary?.data_2).toEqual(buildStored(2).binary);
	expect(items[0]?.json).toMatchObject({
		url: 'https://cdn.example/0.png',
		imageCount: 3,
		images: [{ field: 'data' }, { field: 'data_1' }, { field: 'data_2' }],
	});
	expect(items[0]?.pairedItem).toEqual({ item: 2 });
});

test.each([
	['perImage', ['photo'], ['photo']],
	['perInput', ['photo', 'photo_1', 'photo_2'], undefined],
] as const)('the output field that the user chose is used, %s', (outputMode, first, second) => {
	const items = toItems(buildWork({ outputMode, outputField: 'photo' }), buildResult(), 0);
	expect(Object.keys(items[0]?.binary ?? {})).toEqual(first);
	expect(items[1] && Object.keys(items[1].binary ?? {})).toEqual(second);
});

test('an image that was not downloaded has neither file fields nor an empty binary', () => {
	const job = parseJob(raw) as Job;
	const result = buildResult({ images: job.images.map((source) => ({ source })) });
	const [item] = toItems(buildWork({ downloadImages: false }), result, 0);
	expect(item).not.toHaveProperty('binary');
	expect(Object.keys(item?.json ?? {})).toEqual(FIELDS.filter((field) => !['fileName', 'mimeType', 'fileSize'].includes(field)));
});

test('an image that came inside the answer has no address', () => {
	const result = buildResult({ images: [{ source: { base64: 'AAAA' }, stored: buildStored(0) }] });
	expect(toItems(buildWork(), result, 0)[0]?.json).not.toHaveProperty('url');
});

test.each([
	['pending', { status: 'pending', output: null, completed_at: null }, ['createdAt', 'elapsedMs']],
	['failed', { status: 'failed', output: null, error: { message: 'No faces' } }, ['createdAt', 'completedAt', 'elapsedMs']],
])('a %s job is one item without images, and what does not apply is absent', (status, body, times) => {
	const items = toItems(buildWork(), buildResult({ body }), 0);
	const reason = status === 'failed' ? ['failureReason'] : [];
	expect(items).toHaveLength(1);
	expect(items[0]).not.toHaveProperty('binary');
	expect(Object.keys(items[0]?.json ?? {})).toEqual([...FIELDS.slice(0, 5), ...reason, 'costUsd', 'estimatedCostUsd', ...times]);
});

test('a fetched job has no prompt, as Kyma does not tell it', () => {
	const work: Work = { ...buildWork(), operation: 'getJob', target: { jobId: 'f3a9' } };
	expect(Object.keys(toItems(work, buildResult(), 0)[0]?.json ?? {})).toEqual(FIELDS.filter((field) => field !== 'prompt'));
});

test.each(['perImage', 'perInput'] as const)('without Simplify the object of the API comes untouched, with its files, %s', (outputMode) => {
	const items = toItems(buildWork({ simplify: false, outputMode }), buildResult(), 0);
	expect(items.map(({ json }) => json)).toEqual(items.map(() => raw));
	expect(items[0]?.binary?.data).toEqual(buildStored(0).binary);
});

test('no item of success carries an error, which n8n would take for a failure', () => {
	const items = ['perImage', 'perInput'].map((outputMode) =>
		toItems(buildWork({ outputMode: outputMode as 'perInput' }), buildResult(), 0),
	);
	expect(items.flat().filter(({ json, error }) => error !== undefined || json.error)).toEqual([]);
});

test.each([
	['2026-04-25T10:00:00Z', '2026-04-25T10:00:07Z', 7_000],
	['2026-04-25T10:00:07Z', '2026-04-25T10:00:00Z', 0],
	['2026-04-25T10:00:00Z', undefined, 9_000],
	[undefined, '2026-04-25T10:00:00Z', 9_000],
	['yesterday', 'today', 9_000],
])('a job made at %s and done at %s took %d ms', (createdAt, completedAt, expected) => {
	expect(toElapsedMs({ ...(parseJob(raw) as Job), createdAt, completedAt }, 9_000)).toBe(expected);
});

test('a failed item holds message and details alone, so that n8n routes it to the error output', () => {
	const error = new KymaError('downloadFailed', { jobId: 'f3a9', status: 'succeeded', model: 'nano-banana', reason: 'HTTP 404' });
	expect(toErrorItem({ error, itemIndex: 3 }, told('What happened [Item 3]'), node)).toEqual({
		json: { error: 'What happened [Item 3]', details: { jobId: 'f3a9', status: 'succeeded', model: 'nano-banana', charged: true } },
		pairedItem: { item: 3 },
	});
});

test('details that are not known are absent, and charged is always there', () => {
	expect(toErrorItem({ error: new KymaError('mcpKey'), itemIndex: 0 }, told('x'), node).json.details).toEqual({ charged: false });
});
