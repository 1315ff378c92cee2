/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { PassThrough, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import fc from 'fast-check';

import { TAIL_BYTES, destroyOnAbort, readAll, readHead, readText, tally } from '../../nodes/shared/stream';

const never = new AbortController().signal;
const settle = async () => await new Promise<void>((resolve) => setImmediate(resolve));

const chunks = fc.array(
	fc.uint8Array({ minLength: 1, maxLength: 700, size: 'max' }).map((bytes) => Buffer.from(bytes)),
	{ maxLength: 12, size: 'max' },
);

/** A stream that brings its chunks one turn after the other, as a network does, or all at once. */
const open = (parts: Buffer[], isSlow = true) =>
	Readable.from(
		(async function* () {
			for (const part of parts) {
				if (isSlow) await settle();
				yield part;
			}
		})(),
		{ objectMode: false },
	);

/** Everything that is left of a stream, taken by a pipe. */
async function drain(stream: Readable): Promise<Buffer> {
	const taken: Buffer[] = [];
	const sink = new Writable({
		write: (chunk: Buffer, _encoding, done) => {
			taken.push(chunk);
			setImmediate(done);
		},
	});
	await pipeline(stream, sink);
	return Buffer.concat(taken);
}

test('the head of a stream is read and put back, no byte lost and none twice, however it is cut into chunks', async () => {
	await fc.assert(
		fc.asyncProperty(chunks, fc.integer({ min: 1, max: 2_048 }), fc.boolean(), async (parts, minBytes, isSlow) => {
			const whole = Buffer.concat(parts);
			const stream = open(parts, isSlow);
			const { head, isWhole } = await readHead(stream, minBytes);
			expect(head.length).toBeGreaterThanOrEqual(Math.min(minBytes, whole.length));
			expect(head.equals(whole.subarray(0, head.length))).toBe(true);
			const rest = isWhole ? head : await drain(stream);
			expect(rest.equals(whole)).toBe(true);
		}),
		{ numRuns: 60 },
	);
});

test('what passes is counted without taking a byte from its reader', async () => {
	await fc.assert(
		fc.asyncProperty(chunks, fc.integer({ min: 1, max: 1_000 }), async (parts, minBytes) => {
			const whole = Buffer.concat(parts);
			const stream = open(parts);
			fc.pre(!(await readHead(stream, minBytes)).isWhole);
			const seen = tally(stream);
			await settle();
			expect((await drain(stream)).equals(whole)).toBe(true);
			expect([seen.bytes, seen.tail.equals(whole.subarray(-TAIL_BYTES))]).toEqual([whole.length, true]);
		}),
		{ numRuns: 60 },
	);
});

test('a stream is read to its end, however it is cut into chunks', async () => {
	await fc.assert(
		fc.asyncProperty(chunks, async (parts) => {
			expect((await readAll(open(parts), 100_000, never)).equals(Buffer.concat(parts))).toBe(true);
		}),
		{ numRuns: 60 },
	);
});

test('text keeps its letters when a chunk ends inside one', async () => {
	const parts = [...Buffer.from('Größe 🚲')].map((byte) => Buffer.from([byte]));
	await expect(readText(open(parts), 100, never)).resolves.toBe('Größe 🚲');
});

test('a stream of exactly the allowed size is read, one byte more is refused', async () => {
	await expect(readAll(open([Buffer.alloc(50), Buffer.alloc(50)]), 100, never)).resolves.toHaveLength(100);
	await expect(readAll(open([Buffer.alloc(50), Buffer.alloc(51)]), 100, never)).rejects.toThrow('larger than 100 bytes');
});

test('an endless stream is left once it is too large', async () => {
	const stream = Readable.from(
		(function* () {
			for (;;) yield Buffer.alloc(1_000);
		})(),
	);
	await expect(readAll(stream, 10_000, never)).rejects.toThrow(RangeError);
	expect(stream.destroyed).toBe(true);
});

test.each([
	['readAll', async (stream: Readable) => await readAll(stream, 1_000, never)],
	['readHead', async (stream: Readable) => await readHead(stream, 1_000)],
])('%s rejects when the stream fails, with its own error', async (_name, read) => {
	const stream = new PassThrough();
	const result = read(stream);
	stream.write('abc');
	stream.destroy(new Error('reset by peer'));
	await expect(result).rejects.toThrow('reset by peer');
});

test.each([
	['readAll', async (stream: Readable) => await readAll(stream, 1_000, never)],
	['readHead', async (stream: Readable) => await readHead(stream, 1_000)],
])('%s rejects when the stream closes before its end', async (_name, read) => {
	const stream = new PassThrough();
	const result = read(stream);
	stream.write('abc');
	await settle();
	stream.destroy();
	await expect(result).rejects.toThrow();
});

test.each([
	['readAll', async (stream: Readable) => await readAll(stream, 1_000, never)],
	['readHead', async (stream: Readable) => await readHead(stream, 1_000)],
])('%s of a stream that was closed long ago rejects instead of waiting', async (_name, read) => {
	const stream = new PassThrough();
	stream.destroy();
	await settle();
	await expect(read(stream)).rejects.toThrow();
});

test('an empty stream has an empty head and is whole', async () => {
	await expect(readHead(open([]), 10)).resolves.toEqual({ head: Buffer.alloc(0), isWhole: true });
});

test('a stream that fails after its head has been read ends nothing but itself', async () => {
	const stream = new PassThrough();
	stream.write(Buffer.alloc(100));
	await readHead(stream, 10);
	stream.destroy(new Error('reset by peer'));
	await settle();
	expect(stream.errored).toMatchObject({ message: 'reset by peer' });
});

test('a stream whose head has been read waits for its reader', async () => {
	const stream = open(Array.from({ length: 50 }, () => Buffer.alloc(100)));
	await readHead(stream, 100);
	const seen = tally(stream);
	await settle();
	await settle();
	expect(seen.bytes).toBe(0);
	expect(stream.isPaused()).toBe(true);
});

test('Stop closes the stream and rejects its reader with the reason', async () => {
	const stop = new AbortController();
	const stream = new PassThrough();
	const result = readAll(stream, 1_000, stop.signal);
	stream.write('abc');
	stop.abort(new Error('stopped'));
	await expect(result).rejects.toThrow('stopped');
	expect(stream.destroyed).toBe(true);
});

test('a stream that is opened after Stop is closed at once', () => {
	const stream = new PassThrough().on('error', () => {});
	destroyOnAbort(stream, AbortSignal.abort());
	expect(stream.destroyed).toBe(true);
});

test('Stop no longer touches a stream that nobody watches', () => {
	const stop = new AbortController();
	const stream = new PassThrough();
	destroyOnAbort(stream, stop.signal)();
	stop.abort();
	expect(stream.destroyed).toBe(false);
});
