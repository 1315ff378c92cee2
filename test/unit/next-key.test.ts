import fc from 'fast-check';

import { toNextKey } from '../../nodes/shared/submit';

const ATTEMPTS = [0, 1, 2, 3];
const key = fc.string({ minLength: 1, maxLength: 128, size: 'max' });
const toKeys = (base: string) => ATTEMPTS.map((attempt) => toNextKey(base, attempt));

test('the first attempt uses the key as it is', () => {
	fc.assert(fc.property(key, (base) => expect(toNextKey(base, 0)).toBe(base)));
});

test('each attempt has a key of its own within 128 characters', () => {
	fc.assert(
		fc.property(key, (base) => {
			const keys = toKeys(base);
			expect(new Set(keys).size).toBe(ATTEMPTS.length);
			expect(keys.every(({ length }) => length <= 128)).toBe(true);
		}),
		{ endOnFailure: true },
	);
});

test('the same key and attempt give the same next key, so that a retry finds its job', () => {
	fc.assert(fc.property(key, (base) => expect(toKeys(base)).toEqual(toKeys(base))));
});

test('two different keys never meet in a later attempt', () => {
	fc.assert(
		fc.property(key, key, (one, other) => {
			fc.pre(one !== other);
			expect(new Set([...toKeys(one), ...toKeys(other)]).size).toBe(2 * ATTEMPTS.length);
		}),
	);
});

test.each([119, 120, 121, 127, 128])('keys of %d characters that differ in the last one stay apart', (length) => {
	const [one, other] = ['a', 'b'].map((last) => 'k'.repeat(length - 1) + last) as [string, string];
	expect(new Set([...toKeys(one), ...toKeys(other)]).size).toBe(2 * ATTEMPTS.length);
});

test.each(['-r1', '-r2', '-r3', '-1'])('a key chosen to end in %s is not the next key of the one without it', (ending) => {
	expect(toKeys('hero')).not.toContain(`hero${ending}`);
});
