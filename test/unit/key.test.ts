import fc from 'fast-check';

import { buildIdempotencyKey, toCanonicalJson } from '../../nodes/shared/key';
import type { Wish } from '../../nodes/shared/key';

const MAX_LENGTH = 128;

const wish: Wish = {
	instanceId: 'instance',
	executionId: '1042',
	nodeId: '0b5c7c1e-2f6e-4e0a-9d58-7d4b8f1a2c3d',
	runIndex: 0,
	itemIndex: 0,
	content: [{ model: 'nano-banana', prompt: 'a red bicycle', extra: { seed: 7, style: 'x' } }, null],
};

const anyWish = fc.record({
	instanceId: fc.string(),
	executionId: fc.string(),
	nodeId: fc.string(),
	runIndex: fc.nat(),
	itemIndex: fc.nat(),
	content: fc.jsonValue(),
});

/** The same value with the keys of every object in another order. */
function shuffleKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(shuffleKeys);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, inner]) => [key, shuffleKeys(inner)]),
	);
}

test.each([
	['instance', { instanceId: 'another' }],
	['execution', { executionId: '1043' }],
	['execution, where only a character that a log cannot carry differs', { executionId: '104/' }],
	['node', { nodeId: 'another' }],
	['run index', { runIndex: 1 }],
	['item', { itemIndex: 1 }],
	['prompt', { content: [{ model: 'nano-banana', prompt: 'a red bicycle ' }, null] }],
	['source image', { content: [{ model: 'nano-banana', prompt: 'a red bicycle' }, ['digest']] }],
	['order of source images', { content: [{}, ['b', 'a']] }],
])('a wish that differs in its %s has another key', (_field, change) => {
	const others = [wish, { ...wish, executionId: '104?' }, { ...wish, content: [{}, ['a', 'b']] }];
	expect(others.map(buildIdempotencyKey)).not.toContain(buildIdempotencyKey({ ...wish, ...change }));
});

test('run and item do not run into each other', () => {
	const pairs = Array.from({ length: 400 }, (_, n) => ({ ...wish, runIndex: n % 20, itemIndex: Math.floor(n / 20) }));
	expect(new Set(pairs.map(buildIdempotencyKey)).size).toBe(pairs.length);
});

test('two wishes share a key exactly when they are the same wish', () => {
	fc.assert(
		fc.property(anyWish, anyWish, (one, other) => {
			const isSame = toCanonicalJson(one) === toCanonicalJson(other);
			expect(buildIdempotencyKey(one) === buildIdempotencyKey(other)).toBe(isSame);
		}),
	);
});

test('a wish that differs in one field alone never shares a key', () => {
	fc.assert(
		fc.property(anyWish, anyWish, fc.constantFrom(...(Object.keys(wish) as Array<keyof Wish>)), (one, other, field) => {
			fc.pre(toCanonicalJson(one[field]) !== toCanonicalJson(other[field]));
			expect(buildIdempotencyKey({ ...one, [field]: other[field] })).not.toBe(buildIdempotencyKey(one));
		}),
	);
});

test('the same wish has the same key, in whatever order its fields come', () => {
	fc.assert(
		fc.property(anyWish, (one) => {
			const again = { ...one, content: shuffleKeys(structuredClone(one.content)) };
			expect(buildIdempotencyKey(again)).toBe(buildIdempotencyKey(one));
		}),
	);
});

test('the key fits into what Kyma takes and holds nothing but letters, digits, dots, dashes and underscores', () => {
	const far = fc.constantFrom(Number.MAX_SAFE_INTEGER, 0);
	fc.assert(
		fc.property(anyWish, fc.string({ minLength: 200, maxLength: 300, size: 'max' }), far, (one, executionId, index) => {
			const keys = [one, { ...one, executionId, runIndex: index, itemIndex: index }].map(buildIdempotencyKey);
			expect(keys.every((key) => key.length <= MAX_LENGTH && /^[\w.-]+$/.test(key))).toBe(true);
		}),
	);
});

test('the key shows execution, run and item, and nothing of the prompt', () => {
	const key = buildIdempotencyKey({ ...wish, runIndex: 3, itemIndex: 12 });
	expect(key).toMatch(/^n8n-e1042-r3-i12-[0-9a-f]{40}$/);
	expect(['bicycle', 'nano-banana', 'instance', wish.nodeId].filter((word) => key.includes(word))).toEqual([]);
});

test('without an execution ID no two keys agree, as nothing tells the executions apart', () => {
	const nameless = { ...wish, executionId: undefined };
	expect(buildIdempotencyKey(nameless)).not.toBe(buildIdempotencyKey(nameless));
});
