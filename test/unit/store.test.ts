/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { KymaError } from '../../nodes/shared/errors';
import type { StreamReply } from '../../nodes/shared/request';
import { storeBuffer, storeStream } from '../../nodes/shared/store';
import type { Target } from '../../nodes/shared/store';
import { drawAll } from './pictures';
import type { Format } from './pictures';

const never = new AbortController().signal;
const facts = { jobId: 'f3a9', charged: true } as const;

let pictures: Record<Format, Buffer>;
let stored: Array<{ name: string; mimeType: string; bytes: Buffer }> = [];
beforeAll(async () => {
	pictures = await drawAll(160);
});
beforeEach(() => (stored = []));
afterEach(() => jest.useRealTimers());

/** Takes files as n8n's binary store does, and keeps them. */
const target: Target = {
	baseName: 'photo',
	facts,
	prepareBinaryData: async (data, name, mimeType) => {
		stored.push({ name, mimeType, bytes: Buffer.isBuffer(data) ? data : await buffer(data) });
		return { data: '', mimeType };
	},
};

const buildReply = (parts: Buffer[], headers = {}): StreamReply => ({
	statusCode: 200,
	headers,
	stream: Readable.from(parts, { objectMode: false }),
});

const cut = (file: Buffer, share: number) => file.subarray(0, Math.floor(file.length * share));
const split = (file: Buffer, size: number) =>
	Array.from({ length: Math.ceil(file.length / size) }, (_, index) => file.subarray(index * size, (index + 1) * size));

const getError = async (work: Promise<unknown>): Promise<KymaError | undefined> => {
	const result = (await work.catch((error: unknown) => ({ error }))) as { error?: KymaError };
	return result.error;
};

test.each(['png', 'jpg', 'webp', 'gif', 'avif'] as const)('a %s file arrives as it was sent, named after its content', async (format) => {
	const headers = { 'content-type': 'text/html', 'content-length': String(pictures[format].length) };
	const result = await storeStream(target, buildReply(split(pictures[format], 1_000), headers), never);
	expect(result).toMatchObject({ value: { fileName: `photo.${format}`, bytes: pictures[format].length } });
	expect(stored[0]?.bytes.equals(pictures[format])).toBe(true);
});

test('a picture that is smaller than the head arrives as it was sent', async () => {
	const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
	await expect(storeStream(target, buildReply([svg]), never)).resolves.toMatchObject({
		value: { fileName: 'photo.svg', mimeType: 'image/svg+xml', bytes: svg.length },
	});
	expect(stored[0]?.bytes.equals(svg)).toBe(true);
});

test.each([
	['a web page', Buffer.from('<!DOCTYPE html><html></html>'), 'it is a web page'],
	['JSON', Buffer.from('{"error":"x"}'), 'it is JSON'],
	['nothing', Buffer.alloc(0), 'the file is empty'],
	['noise', Buffer.alloc(5_000, 7), 'its first bytes are not those of a PNG, JPEG, WebP, GIF, AVIF or SVG file'],
])('%s is never stored: it is asked for again, then refused with the job ID', async (_what, body, reason) => {
	const result = await storeStream(target, buildReply([body], { 'content-type': 'image/png' }), never);
	expect(result).toMatchObject({ retry: 'fault', error: { kind: 'notAnImage', charged: true, facts: { ...facts, reason } } });
	await expect(getError(storeBuffer(target, body))).resolves.toMatchObject({ kind: 'notAnImage', facts: { ...facts, reason } });
	expect(stored).toEqual([]);
});

test.each([0.02, 0.3, 0.5, 0.9, 0.999])(
	'a picture of which %d arrived is asked for again, whether or not its length was told',
	async (share) => {
		for (const file of Object.values(pictures)) {
			for (const headers of [{}, { 'content-length': String(file.length) }]) {
				const result = await storeStream(target, buildReply(split(cut(file, share), 700), headers), never);
				expect(result).toMatchObject({ retry: 'fault', error: { kind: 'downloadFailed', facts } });
			}
			await expect(getError(storeBuffer(target, cut(file, share)))).resolves.toMatchObject({ kind: 'downloadFailed', facts });
		}
	},
);

test('a picture with a good end that is shorter than its told length is asked for again', async () => {
	const reply = buildReply([pictures.png], { 'content-length': String(pictures.png.length + 1) });
	await expect(storeStream(target, reply, never)).resolves.toMatchObject({ retry: 'fault', error: { kind: 'downloadFailed' } });
});

test.each(['', 'x', '-1'])('a told length of "%s" does not matter', async (length) => {
	const reply = buildReply([pictures.png], { 'content-length': length });
	await expect(storeStream(target, reply, never)).resolves.toMatchObject({ value: { bytes: pictures.png.length } });
});

test.each([0, 5_000])('a connection that is reset after %d bytes is worth another try', async (bytes) => {
	const stream = new PassThrough();
	stream.write(pictures.png.subarray(0, bytes));
	setImmediate(() => stream.destroy(new Error('ECONNRESET')));
	const result = await storeStream(target, { statusCode: 200, headers: {}, stream }, never);
	expect(result).toMatchObject({ retry: 'fault', error: { kind: 'downloadFailed', facts } });
});

test.each([0, 5_000])('a connection that goes quiet after %d bytes is given up after a minute at most', async (bytes) => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
	const stream = new PassThrough();
	stream.write(pictures.png.subarray(0, bytes));
	const result = storeStream(target, { statusCode: 200, headers: {}, stream }, never);
	for (let seconds = 0; seconds <= 60; seconds += 1) await jest.advanceTimersByTimeAsync(1_000);
	await expect(result).resolves.toMatchObject({ retry: 'fault', error: { kind: 'downloadFailed' } });
	expect(stream.destroyed).toBe(true);
});

/** Fails as a full disk does: after the first bytes, letting go of the stream without an error of its own. */
async function failAfterFirstChunk(data: Buffer | Readable): Promise<never> {
	for await (const chunk of data) throw new Error(`ENOSPC: no space left after ${(chunk as Buffer).length} bytes`);
	throw new Error('There was nothing to store');
}

test.each([
	['at once', async () => await Promise.reject(new Error('ENOSPC: no space left'))],
	['after the first bytes', async (data: unknown) => await failAfterFirstChunk(data as Readable)],
])('n8n that cannot store the picture and says so %s is the cause, and asking again would not help', async (_when, prepareBinaryData) => {
	const full: Target = { ...target, prepareBinaryData };
	const error = await getError(storeStream(full, buildReply(split(pictures.png, 5_000)), never));
	expect(error).toMatchObject({
		kind: 'storeFailed',
		charged: true,
		facts: { ...facts, reason: expect.stringContaining('ENOSPC') as string },
	});
});

test('n8n that cannot store a picture from inside the answer is the cause', async () => {
	const full: Target = { ...target, prepareBinaryData: async () => await Promise.reject(new Error('ENOSPC: no space left')) };
	await expect(getError(storeBuffer(full, pictures.png))).resolves.toMatchObject({ kind: 'storeFailed', facts });
});

test('Stop closes the connection of a picture under way', async () => {
	const stop = new AbortController();
	const stream = new PassThrough();
	stream.write(pictures.png.subarray(0, 5_000));
	setImmediate(() => stop.abort(new Error('stopped')));
	await storeStream(target, { statusCode: 200, headers: {}, stream }, stop.signal);
	expect(stream.destroyed).toBe(true);
});

test('no connection stays open behind a picture that is not wanted', async () => {
	const reply = buildReply([Buffer.alloc(5_000, 7), Buffer.alloc(5_000, 7)]);
	await storeStream(target, reply, never);
	expect(reply.stream.destroyed).toBe(true);
});
