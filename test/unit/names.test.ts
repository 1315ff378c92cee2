import fc from 'fast-check';

import { reserveBaseNames, toBaseName, toImageName } from '../../nodes/shared/names';

const MAX_BYTES = 200;
const EXTENSIONS = ['png', 'jpg', 'webp', 'gif', 'avif', 'svg'];

/** Any text, with a taste for what file systems stumble over. */
const awkward = fc.constantFrom(
	'/',
	'\\',
	':',
	'.',
	'..',
	' ',
	'\n',
	'\0',
	'\u202e',
	'\ud800',
	'con',
	'NUL',
	'aux',
	'com1',
	'🚲',
	'é',
	'.png',
	'~',
	'-2',
);
const anyName = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
	fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
	fc.array(fc.oneof(awkward, fc.string({ maxLength: 3 })), { maxLength: 40, size: 'max' }).map((parts) => parts.join('')),
);

const toFileNames = (base: string) => EXTENSIONS.flatMap((extension) => [0, 3].map((index) => `${toImageName(base, index)}.${extension}`));

// eslint-disable-next-line no-control-regex -- those are the characters that must be gone
const UNSAFE = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]/;
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])[ .]*(\.|$)/i;

test('any text becomes a file name without path, control characters or halves of characters', () => {
	fc.assert(
		fc.property(anyName, (name) => {
			const base = toBaseName(name);
			expect(base).not.toMatch(UNSAFE);
			expect(base.isWellFormed()).toBe(true);
			expect(base.trim()).toBe(base);
		}),
	);
});

test('any text becomes a file name that is neither empty nor a folder nor hidden', () => {
	fc.assert(
		fc.property(anyName, (name) => {
			const base = toBaseName(name);
			expect(base).not.toBe('');
			expect([base.startsWith('.'), base.endsWith('.')]).toEqual([false, false]);
		}),
	);
});

test('any text becomes a name that Windows does not keep for a device', () => {
	fc.assert(
		fc.property(anyName, (name) =>
			expect([toBaseName(name), ...toFileNames(toBaseName(name))].filter((file) => DEVICE.test(file))).toEqual([]),
		),
	);
});

test('a name stays within 200 bytes with number and extension, also the thousandth of its kind', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 50, maxLength: 300, size: 'max' }), (name) => {
			const base = reserveBaseNames(Array<string>(1_000).fill(name), Array<number>(1_000).fill(1)).at(-1) ?? '';
			expect(Math.max(...toFileNames(base).map((file) => Buffer.byteLength(file)))).toBeLessThanOrEqual(MAX_BYTES);
		}),
		{ numRuns: 5, endOnFailure: true },
	);
});

test.each([
	'con',
	'CON',
	'Nul',
	'aux.txt',
	'con .txt',
	'con.tar.gz',
	'com1',
	'LPT9',
	'COM0',
	'com¹',
	'LPT³.x',
	'CONIN$',
	'conout$.x',
	'con.png',
	' con ',
	'.con',
])('"%s" is a device name on Windows and gets another start', (name) => {
	expect(toBaseName(name)).toMatch(/^_/);
});

test.each(['console', 'contact', 'com10', 'com', 'lpt', 'null', 'auxiliary', 'conin'])('"%s" is no device name and stays', (name) => {
	expect(toBaseName(name)).toBe(name);
});

test.each([
	['', 'image'],
	['.', 'image'],
	['..', 'image'],
	[' ... ', 'image'],
	['.png', 'image'],
	['../../etc/passwd', '_.._etc_passwd'],
	['C:\\Windows\\x', 'C__Windows_x'],
	['a\u0000b\nc', 'a_b_c'],
	['photo.PNG', 'photo'],
	['photo.v2', 'photo.v2'],
	['photo.svg.png', 'photo.svg'],
	['.hidden', 'hidden'],
	['Fahrrad 🚲', 'Fahrrad 🚲'],
	['gpj\u202eexe', 'gpj_exe'],
])('%j is named %j', (name, expected) => {
	expect(toBaseName(name)).toBe(expected);
});

test('a long name is cut between characters, never inside one', () => {
	const base = toBaseName('🚲'.repeat(100));
	expect(base).toBe('🚲'.repeat(45));
});

test('two ways to write the same letters are the same name, as they are on a Mac', () => {
	expect(reserveBaseNames(['Caf\u00e9', 'Cafe\u0301'], [1, 1])).toEqual(['Caf\u00e9', 'Caf\u00e9-2']);
});

test('no two files of a run share a name, whatever their case', () => {
	const names = fc.array(fc.oneof(fc.constantFrom('a', 'A', 'a_2', 'a-2', 'a_2-2', 'A-2', '', 'image'), anyName), {
		maxLength: 12,
		size: 'max',
	});
	fc.assert(
		fc.property(names, fc.infiniteStream(fc.integer({ min: 1, max: 4 })), (wanted, stream) => {
			const counts = wanted.map(() => stream.next().value as number);
			const files = reserveBaseNames(wanted, counts).flatMap((base, item) =>
				Array.from({ length: counts[item] ?? 0 }, (_, index) => toImageName(base, index).toLowerCase()),
			);
			expect(new Set(files).size).toBe(files.length);
		}),
	);
});

test('the first of a name keeps it and the later ones count from 2, in input order', () => {
	expect(reserveBaseNames(['a', 'A', 'b', 'a'], [1, 1, 1, 1])).toEqual(['a', 'A-2', 'b', 'a-3']);
});

test('a name steps aside for the numbered images of another', () => {
	expect(reserveBaseNames(['a', 'a_2'], [4, 1])).toEqual(['a', 'a_2-2']);
});

test('an item that needs no name takes none', () => {
	expect(reserveBaseNames(['', 'image'], [0, 1])).toEqual(['image', 'image']);
});
