/** How one of the delivered image formats is told from everything else. */
export type Signature = {
	mimeType: string;
	extension: string;
	matches: (head: Buffer) => boolean;
	/** Whether the end of the file is there, judged by its last bytes and its size; absent where a format has no sign. */
	isComplete?: (tail: Buffer, bytes: number, head: Buffer) => boolean;
};

/** Bytes to look at before judging: enough for an SVG behind an XML prolog, a comment and a doctype. */
export const HEAD_BYTES = 2_048;

const ascii = (bytes: Buffer, start: number, end: number) => bytes.toString('latin1', start, end);
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The last chunk is always the same: its name and its checksum. */
const PNG_END = Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
/**
 * What may stand before `<svg`: byte order mark, XML declaration, comments, doctype. Each part can match in one way only,
 * so that no file can keep the check busy.
 */
const SVG_START = /^\uFEFF?\s*(<\?xml[^>]*>\s*|<!--((?!-->).)*-->\s*|<!DOCTYPE\s+svg[^>[]*(\[[^\]]*\][^>]*)?>\s*)*<svg[\s>]/is;
/** Nothing but blanks and comments follows the outermost element. */
const SVG_END = /(<\/svg\s*>|<svg[^<>]*\/>)(\s|<!--((?!-->).)*-->)*$/s;

/**
 * How long an AVIF file is at least: its boxes stand in a row, each after its size, and one of them (`mdat`) holds the
 * picture. Judged by the boxes that begin within the first bytes.
 */
function getLeastBytes(head: Buffer): number {
	let end = 0;
	let hasPicture = false;
	while (end + 8 <= head.length) {
		const size = head.readUInt32BE(end);
		if (size < 8) return end;
		hasPicture ||= ascii(head, end + 4, end + 8) === 'mdat';
		end += size;
	}
	return hasPicture ? end : end + 8;
}

const SIGNATURES: Signature[] = [
	{
		mimeType: 'image/png',
		extension: 'png',
		matches: (head) => head.subarray(0, PNG_START.length).equals(PNG_START),
		isComplete: (tail) => tail.includes(PNG_END),
	},
	{
		mimeType: 'image/jpeg',
		extension: 'jpg',
		matches: (head) => head.subarray(0, JPEG_START.length).equals(JPEG_START),
		isComplete: (tail) => tail.includes(JPEG_END),
	},
	{
		mimeType: 'image/webp',
		extension: 'webp',
		matches: (head) => ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP',
		isComplete: (_tail, bytes, head) => bytes >= head.readUInt32LE(4) + 8,
	},
	{
		mimeType: 'image/gif',
		extension: 'gif',
		matches: (head) => ['GIF87a', 'GIF89a'].includes(ascii(head, 0, 6)),
		isComplete: (tail) => /\0\x3b\0*$/.test(tail.toString('latin1')),
	},
	{
		mimeType: 'image/avif',
		extension: 'avif',
		matches: (head) => ascii(head, 4, 8) === 'ftyp' && /avi[fs]/.test(ascii(head, 8, 32)),
		isComplete: (_tail, bytes, head) => bytes >= getLeastBytes(head),
	},
	{
		mimeType: 'image/svg+xml',
		extension: 'svg',
		matches: (head) => SVG_START.test(head.toString('utf8', 0, HEAD_BYTES)),
		isComplete: (tail) => SVG_END.test(tail.toString('utf8')),
	},
];

/** The format of a file by its first bytes; undefined when it is not an image that is delivered. */
export function detectFormat(head: Buffer): Signature | undefined {
	return SIGNATURES.find(({ matches }) => matches(head));
}

/** What a file that is not an image looks like, in words for the error. */
export function describeContent(head: Buffer): string {
	if (head.length === 0) return 'the file is empty';
	const start = head.toString('utf8', 0, 512).trimStart();
	if (/^<(!doctype html|html|head|body)/i.test(start)) return 'it is a web page';
	if (/^[[{]/.test(start)) return 'it is JSON';
	return 'its first bytes are not those of a PNG, JPEG, WebP, GIF, AVIF or SVG file';
}
