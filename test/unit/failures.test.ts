import type { INode } from 'n8n-workflow';

import { KymaError, toKymaError, toNodeError } from '../../nodes/shared/errors';
import type { Facts } from '../../nodes/shared/errors';
import { FAILURES } from '../../nodes/shared/failures';
import type { FailureKind } from '../../nodes/shared/failures';

const node = { name: 'Kyma Image', type: 'test', typeVersion: 1, position: [0, 0], parameters: {}, id: '1' } as INode;
const kinds = Object.keys(FAILURES) as FailureKind[];
const full: Facts = {
	field: 'Prompt',
	reason: 'it is empty',
	jobId: 'f3a9',
	otherJobIds: ['b2c4', 'd6e8'],
	status: 'processing',
	httpCode: 400,
	model: 'nano-banana',
	seconds: 330,
	amountUsd: 1.05,
	limitUsd: 1,
};

/** What may be missing when a failure happens. */
const scarce: Facts[] = [full, { ...full, reason: undefined }, { ...full, jobId: undefined }, { ...full, otherJobIds: undefined }];
const samples = scarce.flatMap((facts) => kinds.map((kind) => ({ kind, facts })));
/** A failure of a parameter always says why, and a job that is not found has the ID it was asked by. */
const isPossible = ({ kind, facts }: (typeof samples)[number]) =>
	(facts.reason !== undefined || !['parameter', 'baseUrl'].includes(kind)) && (facts.jobId !== undefined || kind !== 'jobNotFound');
const errors = samples.filter(isPossible).map(({ kind, facts }) => new KymaError(kind, facts));

test.each(kinds)('%s says in one sentence without a full stop what happened', (kind) => {
	const messages = errors.filter((error) => error.kind === kind).map(({ message }) => message);
	expect(messages.filter((message) => !/^["A-Z]|^n8n/.test(message) && kind !== 'unexpected')).toEqual([]);
	expect(messages.filter((message) => /[.!]$|\n|undefined|null|\bNaN\b|please|error occurred/i.test(message))).toEqual([]);
});

test.each(kinds)('%s says in whole sentences what to do', (kind) => {
	const advice = scarce.map((facts) => FAILURES[kind].advice(facts));
	expect(advice.filter((text) => !/^[A-Z].*\.$/.test(text) || /undefined|null|\bNaN\b|please/i.test(text))).toEqual([]);
});

test.each(kinds)('%s says whether money was taken', (kind) => {
	expect([true, false, 'unknown']).toContain(FAILURES[kind].charged);
	const { description, context } = toNodeError(node, new KymaError(kind, full), 2);
	expect(description).toMatch(/You were charged for this\.|You were not charged for this\.|Whether you were charged is not known\./);
	expect(context.data).toMatchObject({ charged: FAILURES[kind].charged });
});

test.each([
	[true, 'You were charged for this.'],
	[false, 'You were not charged for this.'],
	['unknown', 'Whether you were charged is not known.'],
] as const)('what the job itself says of money wins: %s', (charged, sentence) => {
	for (const kind of kinds) expect(toNodeError(node, new KymaError(kind, { ...full, charged })).description).toContain(sentence);
});

test.each(kinds)('%s reaches the user with item, job and other jobs named', (kind) => {
	const error = toNodeError(node, new KymaError(kind, full), 2);
	expect(error.message).toBe(`${FAILURES[kind].message(full)} [Item 2]`);
	expect(error.description).toContain('Job ID: f3a9.');
	expect(error.description).toContain('b2c4, d6e8');
	expect(error.context).toMatchObject({ itemIndex: 2, data: { jobId: 'f3a9', otherJobIds: ['b2c4', 'd6e8'], httpCode: 400 } });
});

test('the HTTP status is kept where there was one, as n8n keeps it', () => {
	expect(toNodeError(node, new KymaError('creditsShort', { httpCode: 402 }))).toMatchObject({ httpCode: '402', name: 'NodeApiError' });
	expect(toNodeError(node, new KymaError('mcpKey'))).toMatchObject({ name: 'NodeOperationError' });
});

test.each(['Bad size.', 'Bad size. ', 'No faces, use another photo.', 'Two. Sentences.'])(
	'the words "%s" of the API end without their full stop',
	(reason) => {
		const messages = (['badRequest', 'jobFailed', 'creditsShort', 'keyRefused', 'unexpected'] as const).map(
			(kind) => new KymaError(kind, { ...full, reason }).message,
		);
		expect(messages.filter((message) => !message.endsWith(reason.trim().slice(0, -1)))).toEqual([]);
		expect(toNodeError(node, new KymaError('badRequest', { ...full, reason }), 0).message).not.toContain('. [Item');
	},
);

/** n8n swaps messages that hold one of these for a stock sentence (NodeError's COMMON_ERRORS). */
const CODES = [
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOTFOUND',
	'ETIMEDOUT',
	'ERRADDRINUSE',
	'EADDRNOTAVAIL',
	'ECONNABORTED',
	'EHOSTUNREACH',
	'EAI_AGAIN',
	'ENOENT',
	'EISDIR',
	'ENOTDIR',
	'EACCES',
	'EEXIST',
	'EPERM',
	'GETADDRINFO',
];

test.each(CODES)('the word %s in the reason does not make n8n replace the message', (code) => {
	for (const httpCode of [undefined, 503]) {
		const error = new KymaError('storeFailed', { jobId: 'f3a9', reason: `open failed with ${code} at /x`, httpCode });
		const shown = toNodeError(node, error, 0);
		expect(shown.message).toBe(`${error.message} [Item 0]`);
		expect(shown.description).toContain('Run Get Image Job');
	}
});

test('an error of ours stays what it is, whatever facts are at hand', () => {
	const error = new KymaError('mcpKey');
	expect(toKymaError(error, full)).toBe(error);
});

test.each([
	[new Error('Out of memory'), 'Out of memory'],
	[new TypeError('x is not a function'), 'x is not a function'],
	['plain text', 'plain text'],
	[undefined, 'undefined'],
	[null, 'null'],
	[{ a: 1 }, '[object Object]'],
])('whatever else is thrown (%p) becomes a failure with the job ID', (thrown, reason) => {
	expect(toKymaError(thrown, { jobId: 'f3a9' })).toMatchObject({ kind: 'unexpected', message: reason, facts: { jobId: 'f3a9' } });
});

test('a stop names the jobs in flight, and contains the word by which n8n tells a cancel', () => {
	const { message } = toNodeError(node, new KymaError('canceled', { jobId: 'a', otherJobIds: ['b', 'c'] }));
	expect(message).toContain('a, b, c');
	expect(message).toContain('canceled');
	expect(new KymaError('canceled', { charged: false }).message).toContain('canceled');
	expect(new KymaError('canceled').message).toContain('canceled');
});
