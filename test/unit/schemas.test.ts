import { hasFailed, isPending, parseErrorBody, parseJob, parseSubmitted, toImageSources, toReason } from '../../nodes/shared/schemas';

const job = { id: 'f3a9', status: 'pending', model: 'nano-banana', created_at: '2026-04-25T10:00:00.000Z', output: null, error: null };
const a = { url: 'https://cdn.example/a.png' };
const b = { url: 'https://cdn.example/b.png' };

test.each([
	['an address', { url: a.url }, [a]],
	['an address beside metadata', { url: a.url, metadata: { width: 1024 } }, [a]],
	['a bare address', a.url, [a]],
	['urls', { urls: [a.url, b.url] }, [a, b]],
	['images as addresses', { images: [a.url, b.url] }, [a, b]],
	['images as objects', { images: [a, b] }, [a, b]],
	['data with addresses', { data: [a, b] }, [a, b]],
	['data with base64', { data: [{ b64_json: 'AAAA' }, { b64_json: 'BBBB' }] }, [{ base64: 'AAAA' }, { base64: 'BBBB' }]],
	['base64 alone', { b64_json: 'AAAA' }, [{ base64: 'AAAA' }]],
	['a data URL', { url: 'data:image/png;base64,AAAA' }, [{ base64: 'AAAA' }]],
	['a bare list', [a, b.url], [a, b]],
	['an address with blanks around it', { url: ` ${a.url}\n` }, [a]],
])('an output that holds %s gives its images in order', (_shape, output, images) => {
	expect(toImageSources(output)).toEqual(images);
});

test('an image that is told twice is delivered once, in the place of its first mention', () => {
	expect(toImageSources({ url: b.url, urls: [a.url, b.url], images: [a, b, a], data: [b] })).toEqual([b, a]);
});

test.each([
	null,
	undefined,
	'',
	'  ',
	0,
	true,
	[],
	{},
	{ url: null },
	{ url: '' },
	{ url: 7 },
	{ urls: 'x' },
	{ images: [null, {}, 7, [a]] },
	{ data: [{ b64_json: '' }] },
])('an output of %j holds no image', (output) => {
	expect(toImageSources(output)).toEqual([]);
});

test.each([
	['an object', { message: ' No faces ', code: 'x' }, 'No faces'],
	['an object with a code alone', { code: 'content_policy' }, 'content_policy'],
	['an object with an empty message', { message: ' ', code: 'content_policy' }, 'content_policy'],
	['a plain string', ' No faces ', 'No faces'],
	['null', null, undefined],
	['an empty string', '', undefined],
	['an empty object', {}, undefined],
	['a number', 7, undefined],
	['a list', ['No faces'], undefined],
	['a message that is no text', { message: { text: 'No' } }, undefined],
])('an error that is %s says why in words or not at all', (_shape, error, reason) => {
	expect(toReason(error)).toBe(reason);
	expect(parseJob({ ...job, status: 'failed', error })?.reason).toBe(reason);
	expect(parseErrorBody({ error }).message).toBe(reason);
});

test.each(['queued', 'SUCCEEDED', 'done', '', 'constructor', '__proto__', 'unknown'])(
	'the status "%s" is unknown and ends the wait',
	(status) => {
		const parsed = parseJob({ ...job, status });
		expect(parsed).toMatchObject({ status: 'unknown', statusText: status });
		expect([isPending('unknown'), hasFailed('unknown')]).toEqual([false, false]);
	},
);

test.each([
	['pending', true, false],
	['processing', true, false],
	['succeeded', false, false],
	['failed', false, true],
	['refunded', false, true],
	['expired', false, true],
	['cancelled', false, true],
	['error', false, true],
] as const)('the status "%s" is read as it stands', (status, pending, failed) => {
	expect(parseJob({ ...job, status })?.status).toBe(status);
	expect([isPending(status), hasFailed(status)]).toEqual([pending, failed]);
});

test.each([
	null,
	'<html></html>',
	7,
	[],
	[job],
	{},
	{ ...job, id: undefined },
	{ ...job, id: '' },
	{ ...job, id: ' ' },
	{ ...job, id: 7 },
	{ ...job, status: undefined },
	{ ...job, status: null },
	{ job },
	{ error: { message: 'No' } },
])('%j is not a job', (body) => {
	expect(parseJob(body)).toBeUndefined();
	expect(parseSubmitted(body)).toBeUndefined();
});

test.each([
	['estimated_cost', 'estimatedCostUsd'],
	['charged_amount', 'chargedUsd'],
] as const)('a %s that is no amount is not reported, never invented', (field, name) => {
	const read = (amount: unknown) => parseJob({ ...job, [field]: amount })?.[name];
	expect([undefined, null, '0.046', -1, NaN, Infinity, {}].map(read)).toEqual(Array(7).fill(null));
	expect([0, 0.046].map(read)).toEqual([0, 0.046]);
});

test('an answer in the OpenAI shape is a succeeded job', () => {
	const body = { created: 1, data: [a, { b64_json: 'AAAA' }] };
	expect(parseSubmitted(body)).toMatchObject({
		status: 'succeeded',
		images: [a, { base64: 'AAAA' }],
		chargedUsd: null,
		raw: body,
	});
});

test.each([
	{ data: [] },
	{ data: [{}] },
	{ data: a },
	{ data: [a], error: { message: 'The provider failed' } },
	{ data: [a], error: 'The provider failed' },
	{ data: [a], status: 'failed' },
	{ data: [a], status: 'pending' },
])('%j is not an answer in the OpenAI shape', (body) => {
	expect(parseSubmitted(body)).toBeUndefined();
});

test('a job is a job even when it also carries data', () => {
	expect(parseSubmitted({ ...job, data: [a] })).toMatchObject({ id: 'f3a9', status: 'pending', images: [] });
});

test.each([null, '', '<html>', 7, [], {}, { error: null }, { error: [] }, { error: 7 }])(
	'the refusal %j has neither words nor code',
	(body) => {
		expect(parseErrorBody(body)).toEqual({ message: undefined });
	},
);
