import type { IBinaryData } from 'n8n-workflow';

import { pause } from './clock';
import { HEAD_BYTES, describeContent, detectFormat } from './content';
import type { Signature } from './content';
import { KymaError } from './errors';
import type { Facts } from './errors';
import type { StreamReply } from './request';
import type { Attempt } from './retry';
import { TAIL_BYTES, destroyOnAbort, readHead, tally } from './stream';
import type { ByteStream, Tally } from './stream';

/** An image in n8n's binary store, checked to be one. */
export type StoredImage = { binary: IBinaryData; fileName: string; mimeType: string; bytes: number; url?: string };

/** Where an image goes, under which name, and what an error about it should say. */
export type Target = {
	/** n8n's own: takes streams as they come, so memory does not grow with the image. */
	prepareBinaryData: (data: Buffer | ByteStream, fileName: string, mimeType: string) => Promise<IBinaryData>;
	/** Without extension: that follows the content. */
	baseName: string;
	facts: Facts;
};

/** A connection that brings nothing for this long is given up, milliseconds. */
const IDLE_MS = 30_000;

type Settled<T> = { value: T } | { reason: string };

async function settle<T>(work: Promise<T>): Promise<Settled<T>> {
	try {
		return { value: await work };
	} catch (caught) {
		return { reason: caught instanceof Error ? caught.message : String(caught) };
	}
}

const notAnImage = ({ facts }: Target, head: Buffer) => new KymaError('notAnImage', { ...facts, reason: describeContent(head) });
const failed = ({ facts }: Target, reason: string) => new KymaError('downloadFailed', { ...facts, reason });

async function store(target: Target, format: Signature, data: Buffer | ByteStream, seen: Tally): Promise<Settled<StoredImage>> {
	const fileName = `${target.baseName}.${format.extension}`;
	const stored = await settle(target.prepareBinaryData(data, fileName, format.mimeType));
	if ('reason' in stored) return stored;
	return { value: { binary: stored.value, fileName, mimeType: format.mimeType, bytes: seen.bytes } };
}

const isComplete = ({ isComplete: check }: Signature, { tail, bytes }: Tally, head: Buffer): boolean => check?.(tail, bytes, head) ?? true;

/**
 * Stores an image that came inside the API's answer.
 * @throws KymaError `notAnImage`, `downloadFailed` when it is cut off, `storeFailed`
 */
export async function storeBuffer(target: Target, bytes: Buffer): Promise<StoredImage> {
	const format = detectFormat(bytes);
	const seen = { bytes: bytes.length, tail: bytes.subarray(-TAIL_BYTES) };
	if (!format) throw notAnImage(target, bytes);
	if (!isComplete(format, seen, bytes)) throw failed(target, 'the file is cut off');
	const stored = await store(target, format, bytes, seen);
	if ('reason' in stored) throw new KymaError('storeFailed', { ...target.facts, reason: stored.reason });
	return stored.value;
}

/**
 * Stores an image as it comes from its host, judged by its first bytes before and by its length after; what is not an
 * image or is not whole is worth another try.
 * @throws KymaError `storeFailed` when n8n, not the network, is the cause
 */
export async function storeStream(target: Target, reply: StreamReply, signal: AbortSignal): Promise<Attempt<StoredImage>> {
	const { stream } = reply;
	const release = destroyOnAbort(stream, signal);
	try {
		const opened = await settle(whileMoving(stream, { bytes: 0 }, readHead(stream, HEAD_BYTES)));
		if ('reason' in opened) return { retry: 'fault', error: failed(target, 'the connection failed before the image began') };
		return await storeOpened(target, reply, opened.value, signal);
	} finally {
		release();
		stream.destroy();
	}
}

type Opened = { head: Buffer; isWhole: boolean };

async function storeOpened(
	target: Target,
	{ stream, headers }: StreamReply,
	{ head, isWhole }: Opened,
	signal: AbortSignal,
): Promise<Attempt<StoredImage>> {
	const format = detectFormat(head);
	if (!format) return { retry: 'fault', error: notAnImage(target, head) };
	const seen = isWhole ? { bytes: head.length, tail: head } : tally(stream);
	const stored = await whileMoving(stream, seen, store(target, format, isWhole ? head : stream, seen));
	// What n8n says of a stream that fails holds the stream's own words; anything else is n8n's, such as a full disk.
	// A stream that was ended from here, when its time was up, may have no words of its own.
	const isStoreAtFault = 'reason' in stored && !signal.aborted && !(stream.errored && stored.reason.includes(stream.errored.message));
	if (isStoreAtFault) throw new KymaError('storeFailed', { ...target.facts, reason: stored.reason });
	const isCut = seen.bytes < Number(headers['content-length'] ?? 0) || !isComplete(format, seen, head);
	if (!('reason' in stored || isCut)) return stored;
	return { retry: 'fault', error: failed(target, `the file was cut off after ${seen.bytes} bytes`) };
}

/** Awaits `work` on a stream, and destroys the stream when it has brought nothing for a while. */
async function whileMoving<T>(stream: ByteStream, seen: { bytes: number }, work: Promise<T>): Promise<T> {
	const done = new AbortController();
	void destroyWhenIdle(stream, seen, done.signal);
	try {
		return await work;
	} finally {
		done.abort();
	}
}

async function destroyWhenIdle(stream: ByteStream, seen: { bytes: number }, done: AbortSignal): Promise<void> {
	for (let before = -1; before !== seen.bytes; ) {
		before = seen.bytes;
		await pause(IDLE_MS, done);
		if (done.aborted) return;
	}
	stream.destroy(new RangeError('The connection went quiet'));
}
