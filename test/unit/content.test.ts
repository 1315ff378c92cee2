import fc from 'fast-check';
import sharp from 'sharp';

import { HEAD_BYTES, describeContent, detectFormat } from '../../nodes/shared/content';
import { TAIL_BYTES } from '../../nodes/shared/stream';
import { drawAll } from './pictures';
import type { Format } from './pictures';

const MIME_TYPES: Record<Format, string> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	webp: 'image/webp',
	gif: 'image/gif',
	avif: 'image/avif',
};
const formats = Object.keys(MIME_TYPES) as Format[];
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>';

let small: Record<Format, Buffer>;
let large: Record<Format, Buffer>;
beforeAll(async () => {
	[small, large] = await Promise.all([drawAll(8), drawAll(160)]);
});

const nameFormat = (file: Buffer | string) => detectFormat(Buffer.from(file))?.extension;

/** Whether the first `length` bytes of a file pass for a whole one. */
function passes(file: Buffer, length: number): boolean {
	const [bytes, head] = [file.subarray(0, length), file.subarray(0, Math.min(length, HEAD_BYTES))];
	const format = detectFormat(head);
	return format !== undefined && (format.isComplete?.(bytes.subarray(-TAIL_BYTES), length, head) ?? true);
}

test.each(formats)('a %s file is told by its first bytes and passes as whole', (format) => {
	for (const file of [small[format], large[format]]) {
		expect(detectFormat(file.subarray(0, HEAD_BYTES))).toMatchObject({ extension: format, mimeType: MIME_TYPES[format] });
		expect(passes(file, file.length)).toBe(true);
	}
});

test('other ways to write the same formats pass as well', async () => {
	const image = sharp(large.png);
	const files = await Promise.all([
		image.clone().jpeg({ progressive: true }).withMetadata().toBuffer(),
		image.clone().png({ palette: true, progressive: true }).withMetadata().toBuffer(),
		image.clone().webp({ lossless: true }).withMetadata().toBuffer(),
		image.clone().avif({ lossless: true, effort: 0 }).withMetadata().toBuffer(),
		sharp(
			await sharp([small.png, small.jpg], { join: { animated: true } })
				.gif()
				.toBuffer(),
			{ animated: true },
		)
			.webp()
			.toBuffer(),
	]);
	expect(files.map((file) => passes(file, file.length))).toEqual(files.map(() => true));
});

test.each(formats)('a %s file that is cut off anywhere is told from a whole one', (format) => {
	const file = small[format];
	const cuts = Array.from({ length: file.length }, (_, length) => length);
	expect(cuts.filter((length) => passes(file, length))).toEqual([]);
});

test.each(formats)('a large %s file that is cut off at any share of it is told from a whole one', (format) => {
	const file = large[format];
	fc.assert(fc.property(fc.nat({ max: file.length - 1 }), (length) => expect(passes(file, length)).toBe(false)));
});

test.each(formats)('a %s file without its last byte is cut off', (format) => {
	expect(passes(large[format], large[format].length - 1)).toBe(false);
});

test.each(['png', 'jpg', 'gif', 'webp', 'avif'] as const)('zeros behind the end of a %s file do no harm', (format) => {
	const padded = Buffer.concat([large[format], Buffer.alloc(16)]);
	expect(passes(padded, padded.length)).toBe(true);
});

test.each([
	['bare', svg],
	['behind a byte order mark', `\uFEFF${svg}`],
	['behind blank lines', `\n\n  ${svg}`],
	['behind an XML declaration', `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n${svg}`],
	['behind a stylesheet', `<?xml version="1.0"?><?xml-stylesheet href="a.css"?>${svg}`],
	['behind a comment', `<!-- made by hand -->${svg}`],
	['behind a comment that speaks of HTML', `<!-- <html> --> ${svg}`],
	['behind a doctype', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg}`],
	['behind a doctype with entities', `<!DOCTYPE svg [ <!ENTITY ns "http://www.w3.org/2000/svg"> ]>${svg}`],
	['behind all of them', `\uFEFF<?xml version="1.0"?>\n<!-- a -->\n<!-- b -->\n<!doctype svg>\n<!-- c -->\n${svg}`],
	['without children', '<svg xmlns="http://www.w3.org/2000/svg" />'],
	['before blank lines', `${svg}\n\n`],
	['before a comment', `${svg}\n<!-- the end -->\n`],
	['with another inside', `<svg>${svg}<g/></svg>`],
])('an SVG %s is an SVG and passes as whole', (_how, text) => {
	expect(nameFormat(text)).toBe('svg');
	expect(passes(Buffer.from(text), Buffer.byteLength(text))).toBe(true);
});

test('an SVG that is cut off anywhere is told from a whole one, also behind an inner picture', () => {
	const file = Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${svg}<path d="M0 0"/><svg/><g/></svg>`);
	const cuts = Array.from({ length: file.length }, (_, length) => length);
	const innerEnds = cuts.filter((length) => /(<\/svg>|<svg\/>)$/.test(file.toString('utf8', 0, length)));
	expect(cuts.filter((length) => passes(file, length))).toEqual(innerEnds);
});

test.each([
	['a web page with an inline SVG', `<!DOCTYPE html><html><body>${svg}</body></html>`],
	['a web page that is one SVG', `<!DOCTYPE html>${svg}`],
	['a web page without a doctype', `<html>${svg}</html>`],
	['a piece of a web page', `<div>${svg}</div>`],
	['XHTML', `<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html>${svg}</html>`],
	['another XML', '<?xml version="1.0"?><rss><svg/></rss>'],
	['an element that only begins like it', '<svgfoo></svgfoo>'],
	['an SVG that is commented out', `<!-- ${svg} -->`],
	['text before an SVG', `Here you are: ${svg}`],
	['JSON', '{"error":{"message":"<svg>"}}'],
	['nothing', ''],
	['PDF', '%PDF-1.7 '],
	['BMP', 'BM\u0000\u0000\u0000\u0000'],
	['RIFF sound', 'RIFF\u0024\u0000\u0000\u0000WAVEfmt '],
	['MP4', '\u0000\u0000\u0000\u0018ftypmp42\u0000\u0000\u0000\u0000mp42isom'],
	['a PNG of which one byte was changed', '\u0089PNG\n\n\u001a\n'],
])('%s is not an image', (_what, text) => {
	expect(detectFormat(Buffer.from(text, 'latin1'))).toBeUndefined();
});

test('no bytes at all crash the check, and few of them are an image', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 64, size: 'max' }), (bytes) => {
			const format = detectFormat(Buffer.from(bytes));
			expect(format?.isComplete?.(Buffer.from(bytes), bytes.length, Buffer.from(bytes)) ?? false).toBe(false);
		}),
	);
});

test.each([
	// Few enough that a pattern which tries every way to read them comes to an end.
	['comments without end', '<!---->'.repeat(27)],
	['comments that never close', '<!--'.repeat(500)],
	['XML declarations', '<?xml a>'.repeat(200)],
	['a doctype that never closes', `<!DOCTYPE svg ${'a'.repeat(100_000)}`],
	['doctypes that open lists', `<!DOCTYPE svg ${'['.repeat(100_000)}`],
	['blank lines without end', '\n'.repeat(1_000_000)],
	['an SVG element without end', `<svg ${'<svg '.repeat(20_000)}`],
])('%s are judged within a moment', (_what, text) => {
	const file = Buffer.from(text);
	const startedAt = Date.now();
	passes(file, file.length);
	detectFormat(file);
	expect(Date.now() - startedAt).toBeLessThan(500);
});

test.each([
	['', 'the file is empty'],
	['<!DOCTYPE html><html>', 'it is a web page'],
	['  \n<HTML><body>', 'it is a web page'],
	['<head>', 'it is a web page'],
	['{"error":"x"}', 'it is JSON'],
	[' [1]', 'it is JSON'],
	['hello', 'its first bytes are not those of a PNG, JPEG, WebP, GIF, AVIF or SVG file'],
])('%j is told to the user as "%s"', (text, words) => {
	expect(describeContent(Buffer.from(text))).toBe(words);
});
