/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { KymaApi } from '../../credentials/KymaApi.credentials';
import { KymaImage } from '../../nodes/KymaImage/KymaImage.node';
import { FAILURES } from '../../nodes/shared/failures';
import { toRefusal } from '../../nodes/shared/refusal';

const ROOT = path.resolve(__dirname, '..', '..', 'nodes');

type Field = { displayName?: string; name?: string; options?: Field[] };

/** Every label that the panel shows: of fields, of options and of the choices in them. */
const listLabels = (fields: Field[]): string[] =>
	fields.flatMap(({ displayName, name, options = [] }) => [displayName ?? name ?? '', ...listLabels(options)]);

const { properties } = new KymaImage().description;
const fields = listLabels(properties as Field[]);
const labels = new Set([...fields, ...listLabels(new KymaApi().properties as Field[])]);

const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts'))
	.map((name) => readFileSync(path.join(ROOT, name), 'utf8'))
	.join('\n');

const match = (pattern: RegExp) => [...new Set([...sources.matchAll(pattern)].map(([, label]) => label as string))];

const CONSTANTS = match(/const [A-Z]+_FIELD = '([^']+)'/g);
const USED = [...match(/invalid\('([^']+)'/g), ...match(/numberOption\('\w+', '([^']+)'/g), ...match(/field: '([^']+)'/g), ...CONSTANTS];

test('the search for labels in the code finds them', () => {
	expect(USED.length).toBeGreaterThan(12);
	expect(USED).toEqual(expect.arrayContaining(['Prompt', 'Max Spend', 'URL(s)', 'Idempotency Key']));
});

test.each(USED)('the error about "%s" names a field that the panel shows', (label) => {
	expect(fields).toContain(label);
});

const CODES = match(/^\t(\w+): '[A-Z][\w ]+',$/gm);

test('the error codes of the API are found in the code', () => {
	expect(CODES).toEqual(expect.arrayContaining(['image_url_required', 'too_many_references', 'invalid_size']));
});

test.each(CODES.filter((code) => code.includes('_')))('the answer %s of the API names a field that the panel shows', (code) => {
	const { error } = toRefusal({ statusCode: 400, headers: {}, body: { error: { message: 'No', code } } }, { model: 'nano-banana' });
	expect(error.kind).toBe('badRequest');
	expect(fields).toContain(error.facts.field);
});

const advice = Object.values(FAILURES).map((failure) => failure.advice({ field: 'Prompt' }));

test('what advice puts in quotes are words that the panel shows', () => {
	const quoted = advice.flatMap((text) => [...text.matchAll(/"([^"]+)"/g)].map(([, label]) => label as string));
	expect(quoted.length).toBeGreaterThan(2);
	expect(quoted.filter((label) => !labels.has(label))).toEqual([]);
});

test.each([
	'Max Concurrency',
	'Max Spend',
	'Timeout',
	'Number of Images',
	'Quality',
	'Send Binary As',
	'Input Type',
	'Base URL',
	'Job ID',
	'Get Image Job',
])('the words %s of the advice are those of the panel', (label) => {
	expect(advice.join(' ')).toContain(label);
	expect(labels).toContain(label);
});
