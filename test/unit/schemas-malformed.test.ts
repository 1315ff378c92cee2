import fc from 'fast-check';

import { parsePricing, parseRegistry } from '../../nodes/shared/catalogSchemas';
import { parseErrorBody, parseJob, parseSubmitted, toImageSources } from '../../nodes/shared/schemas';

const parsers = { parseJob, parseSubmitted, parseErrorBody, toImageSources, parsePricing, parseRegistry };
const anything = fc.anything({
	withBigInt: true,
	withDate: true,
	withMap: true,
	withSet: true,
	withNullPrototype: true,
	withSparseArray: true,
});

const validJob = {
	id: 'f3a9c8b2e1d0a4b6c7d8e9f0',
	object: 'image.job',
	status: 'succeeded',
	model: 'nano-banana',
	created_at: '2026-04-25T10:00:00.000Z',
	completed_at: '2026-04-25T10:00:07.000Z',
	output: { url: 'https://cdn.example/a.png', images: [{ url: 'https://cdn.example/b.png' }], data: [{ b64_json: 'AAAA' }] },
	error: null,
	estimated_cost: 0.046,
	charged_amount: 0.046,
};

type Path = Array<string | number>;

/** Every place in a JSON value, the value itself included. */
const listPaths = (value: unknown, path: Path = []): Path[] =>
	typeof value !== 'object' || value === null
		? [path]
		: [path, ...Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...path, key]))];

/** The value with whatever stands at `path` replaced; undefined removes it as JSON would. */
function replaceAt(value: unknown, [key, ...rest]: Path, replacement: unknown): unknown {
	if (key === undefined) return replacement;
	const copy = structuredClone(value) as Record<string, unknown>;
	copy[key] = replaceAt(copy[key], rest, replacement);
	return JSON.parse(JSON.stringify(copy)) as unknown;
}

const mutatedJob = fc
	.array(fc.tuple(fc.constantFrom(...listPaths(validJob).slice(1)), fc.oneof(fc.jsonValue(), fc.constant(undefined))), {
		minLength: 1,
		maxLength: 3,
	})
	.map((mutations) => mutations.reduce<unknown>((body, [path, replacement]) => safeReplace(body, path, replacement), validJob));

/** An earlier mutation may have removed the place of a later one. */
function safeReplace(body: unknown, path: Path, replacement: unknown): unknown {
	try {
		return replaceAt(body, path, replacement);
	} catch {
		return body;
	}
}

test.each(Object.entries(parsers))('no value at all crashes %s', (_name, parse) => {
	fc.assert(fc.property(anything, (body) => void parse(body)));
});

test.each(Object.entries(parsers))('no broken job crashes %s', (_name, parse) => {
	fc.assert(fc.property(mutatedJob, (body) => void parse(body)));
});

test('nothing but an object with an ID and a status is a job', () => {
	const isJob = (body: unknown) => {
		const { id, status } = (body ?? {}) as Record<string, unknown>;
		return typeof body === 'object' && typeof id === 'string' && id.trim() !== '' && typeof status === 'string';
	};
	fc.assert(fc.property(fc.oneof(mutatedJob, fc.jsonValue()), (body) => expect(parseJob(body) !== undefined).toBe(isJob(body))));
});

test('only the word succeeded is success, however the rest of the job is broken', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				mutatedJob,
				fc.string().map((status) => ({ ...validJob, status })),
			),
			(body) => {
				const isSuccess = parseSubmitted(body)?.status === 'succeeded';
				expect(isSuccess && (body as { status: string }).status !== 'succeeded').toBe(false);
			},
		),
	);
});

test('a job that was read keeps to its types, so that nothing below has to check again', () => {
	fc.assert(
		fc.property(mutatedJob, (body) => {
			const job = parseJob(body);
			if (!job) return;
			expect([job.model, job.createdAt, job.completedAt, job.reason].every((text) => text === undefined || text.trim() !== '')).toBe(true);
			expect([job.chargedUsd, job.estimatedCostUsd].every((usd) => usd === null || (Number.isFinite(usd) && usd >= 0))).toBe(true);
			expect(job.raw).toBe(body);
		}),
	);
});

test('images keep their order and lose their duplicates, whatever stands between them', () => {
	const url = fc.nat({ max: 5 }).map((n) => `https://cdn.example/${n}.png`);
	const entry = fc.oneof(
		url,
		url.map((address) => ({ url: address })),
		fc.constantFrom<unknown>(null, '', {}, 7),
	);
	fc.assert(
		fc.property(fc.array(entry), fc.constantFrom('urls', 'images', 'data'), (entries, field) => {
			const urls = entries.flatMap((one) => (typeof one === 'string' ? one : ((one as { url?: string } | null)?.url ?? '')) || []);
			expect(toImageSources({ [field]: entries })).toEqual([...new Set(urls)].map((address) => ({ url: address })));
		}),
	);
});
