/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { crc32 } from 'node:zlib';

/** One buffer of zeros for all padding: a hundred images of 32 MB take no more memory than one. */
const ZEROS = Buffer.alloc(1024 * 1024);

function zeros(byteLength: number): Buffer[] {
	const parts: Buffer[] = [];
	for (let left = byteLength; left > 0; left -= ZEROS.length) {
		parts.push(ZEROS.subarray(0, Math.min(left, ZEROS.length)));
	}
	return parts;
}

function uint32(value: number, endian: 'big' | 'little' = 'big'): Buffer {
	const bytes = Buffer.alloc(4);
	if (endian === 'big') bytes.writeUInt32BE(value);
	else bytes.writeUInt32LE(value);
	return bytes;
}

/** An ancillary chunk before IEND, the last twelve bytes. */
function padPng(image: Buffer, byteLength: number): Buffer[] {
	const data = zeros(Math.max(0, byteLength - 12));
	const name = Buffer.from('paDd');
	const checksum = data.reduce((sum, part) => crc32(part, sum), crc32(name));
	const size = uint32(Math.max(0, byteLength - 12));
	return [image.subarray(0, -12), size, name, ...data, uint32(checksum), image.subarray(-12)];
}

/** Comment segments behind the first marker; each holds at most 64 kB. */
function padJpeg(image: Buffer, byteLength: number): Buffer[] {
	const segments: Buffer[] = [];
	for (let left = byteLength; left > 0; ) {
		const whole = left > 65_537 ? Math.min(65_537, left - 4) : Math.max(4, left);
		segments.push(Buffer.from([0xff, 0xfe, (whole - 2) >> 8, (whole - 2) & 0xff]));
		segments.push(...zeros(whole - 4));
		left -= whole;
	}
	const jfif = image[3] === 0xe0 ? 4 + image.readUInt16BE(4) : 2;
	return [image.subarray(0, jfif), ...segments, image.subarray(jfif)];
}

/** A chunk of its own behind the picture's; RIFF chunks have even lengths. */
function padWebp(image: Buffer, byteLength: number): Buffer[] {
	const data = Math.ceil(Math.max(0, byteLength - 8) / 2) * 2;
	const riff = uint32(image.length - 8 + 8 + data, 'little');
	const chunk = [Buffer.from('PADD'), uint32(data, 'little'), ...zeros(data)];
	return [image.subarray(0, 4), riff, image.subarray(8), ...chunk];
}

/** A `free` box at the end, which every reader of this file format skips. */
function padAvif(image: Buffer, byteLength: number): Buffer[] {
	const whole = Math.max(8, byteLength);
	return [image, uint32(whole), Buffer.from('free'), ...zeros(whole - 8)];
}

const GIF_BLOCK = Buffer.concat([Buffer.from([0xff]), Buffer.alloc(255)]);

/** A comment before the trailer, the last byte; it comes in blocks of 255 bytes. */
function padGif(image: Buffer, byteLength: number): Buffer[] {
	const blocks = Math.ceil(Math.max(0, byteLength - 3) / GIF_BLOCK.length);
	const comment = Array.from({ length: blocks }, () => GIF_BLOCK);
	const start = Buffer.from([0x21, 0xfe]);
	return [image.subarray(0, -1), start, ...comment, Buffer.from([0]), image.subarray(-1)];
}

const PADDERS: Record<string, (image: Buffer, byteLength: number) => Buffer[]> = {
	png: padPng,
	jpg: padJpeg,
	webp: padWebp,
	avif: padAvif,
	gif: padGif,
};

/** Brings an image to `wantedBytes`, or the few bytes more its format needs; it stays valid. */
export function padImage(image: Buffer, extension: string, wantedBytes: number): Buffer[] {
	const missing = wantedBytes - image.length;
	const pad = PADDERS[extension];
	return pad && missing > 0 ? pad(image, missing) : [image];
}
