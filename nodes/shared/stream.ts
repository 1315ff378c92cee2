import type { IExecuteFunctions } from 'n8n-workflow';

/** The readable stream that n8n's helpers hand out and take; node code may not import `stream` itself. */
export type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** What has passed through a stream so far. */
export type Tally = { bytes: number; tail: Buffer };

/** How much of the end of a file is kept to tell whether it is whole. */
export const TAIL_BYTES = 1_024;

/** Destroys the stream when the signal aborts, so that whoever reads it is released; returns the way to stop watching. */
export function destroyOnAbort(stream: ByteStream, signal: AbortSignal): () => void {
	const destroy = () => void stream.destroy(signal.reason instanceof Error ? signal.reason : undefined);
	if (signal.aborted) destroy();
	signal.addEventListener('abort', destroy, { once: true });
	return () => signal.removeEventListener('abort', destroy);
}

/**
 * The whole stream as UTF-8 text.
 * @throws RangeError beyond `maxBytes`; whatever the stream fails with; the signal's reason when it aborts
 */
export async function readText(stream: ByteStream, maxBytes: number, signal: AbortSignal): Promise<string> {
	return (await readAll(stream, maxBytes, signal)).toString('utf8');
}

/** The whole stream in memory, for what must be sent or hashed as one piece; same errors as readText. */
export async function readAll(stream: ByteStream, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
	const release = destroyOnAbort(stream, signal);
	const chunks: Buffer[] = [];
	let bytes = 0;
	try {
		for await (const chunk of stream) {
			chunks.push(Buffer.from(chunk as Buffer));
			bytes += (chunk as Buffer).length;
			if (bytes > maxBytes) stream.destroy(new RangeError(`The answer is larger than ${maxBytes} bytes`));
		}
	} finally {
		release();
	}
	return Buffer.concat(chunks, bytes);
}

/**
 * Takes the first bytes off a stream and puts them back, so that what it holds can be judged before it is stored.
 * Leaves the stream paused. `isWhole` says that it ended within them: nothing is left to read then. The listener for
 * errors stays: until the next reader comes, an error that nobody listens to would end n8n itself.
 * @throws whatever the stream fails with
 */
export async function readHead(stream: ByteStream, minBytes: number): Promise<{ head: Buffer; isWhole: boolean }> {
	const chunks: Buffer[] = [];
	return await new Promise((resolve, reject) => {
		const settle = (isWhole: boolean) => {
			stream.off('data', onData).off('end', onEnd).off('close', onClose);
			resolve({ head: Buffer.concat(chunks), isWhole });
		};
		const onEnd = () => settle(true);
		const onClose = () => reject(new RangeError('The stream closed before it ended'));
		const onData = (chunk: Buffer) => {
			chunks.push(chunk);
			if (chunks.reduce((sum, { length }) => sum + length, 0) < minBytes) return;
			stream.pause();
			stream.unshift(Buffer.concat(chunks));
			settle(false);
		};
		stream.on('data', onData).on('end', onEnd).on('error', reject).on('close', onClose);
		if (stream.destroyed) onClose();
	});
}

/**
 * Counts what passes through a stream without taking it from its reader. Until that reader comes the stream is held:
 * n8n's store in memory and in the database merely listens for data, which would not set a held stream going.
 */
export function tally(stream: ByteStream): Tally {
	const seen: Tally = { bytes: 0, tail: Buffer.alloc(0) };
	stream.pause();
	stream.on('data', (chunk: Buffer) => {
		seen.bytes += chunk.length;
		seen.tail = Buffer.concat([seen.tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
	});
	stream.on('newListener', (event) => {
		if (event === 'data') stream.resume();
	});
	return seen;
}
