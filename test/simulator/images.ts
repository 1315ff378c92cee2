/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { answeredByHand, applyFaults } from './answers';
import type { ImageKind } from './fault-kinds';
import { record } from './recorder';
import type { SimulatorContext, SimulatorEnv } from './recorder';
import { imageOf } from './render/gallery';
import type { Picture } from './render/gallery';
import type { World } from './world';

type Outgoing = SimulatorContext['env']['outgoing'];

/** Writes and waits until the bytes have left; false once the client is gone. */
async function write(outgoing: Outgoing, bytes: Buffer): Promise<boolean> {
	if (outgoing.destroyed) return false;
	if (!outgoing.write(bytes))
		await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
	return !outgoing.destroyed;
}

async function writeAll(outgoing: Outgoing, parts: Buffer[]): Promise<void> {
	for (const part of parts) if (!(await write(outgoing, part))) return;
}

/** Twenty small writes a second. */
async function writeSlowly(outgoing: Outgoing, parts: Buffer[], bytesPerSecond: number) {
	const step = Math.max(1, Math.round(bytesPerSecond / 20));
	for (const part of parts) {
		for (let start = 0; start < part.length; start += step) {
			const slice = part.subarray(start, start + step);
			if (!(await write(outgoing, slice))) return;
			await delay((slice.length / bytesPerSecond) * 1000, undefined, { ref: false });
		}
	}
}

function firstBytes(parts: Buffer[], byteLength: number): Buffer[] {
	let left = byteLength;
	return parts.flatMap((part) => {
		const taken = part.subarray(0, Math.max(0, left));
		left -= taken.length;
		return taken.length > 0 ? [taken] : [];
	});
}

/** Sends a part of the image and hangs up in the middle of it. */
async function writeAndHangUp(outgoing: Outgoing, picture: Picture, fraction: number) {
	outgoing.flushHeaders();
	await writeAll(outgoing, firstBytes(picture.parts, Math.floor(picture.byteLength * fraction)));
	await delay(20, undefined, { ref: false });
	outgoing.socket?.destroy();
}

async function send(outgoing: Outgoing, picture: Picture, fault?: ImageKind): Promise<void> {
	const chunked = fault?.type === 'cutOffChunked';
	outgoing.statusCode = 200;
	outgoing.setHeader('content-type', picture.contentType);
	outgoing.setHeader('cache-control', 'public, max-age=31536000, immutable');
	if (!chunked) outgoing.setHeader('content-length', picture.byteLength);
	if (fault?.type === 'wrongType') outgoing.setHeader('content-type', fault.contentType);
	if (fault?.type === 'cutOff' || fault?.type === 'cutOffChunked') {
		return await writeAndHangUp(outgoing, picture, fault.fraction ?? 0.5);
	}
	if (fault?.type === 'slow') await writeSlowly(outgoing, picture.parts, fault.bytesPerSecond);
	else await writeAll(outgoing, picture.parts);
	outgoing.end();
}

function toPicture({ contentType, body }: Extract<ImageKind, { type: 'content' }>): Picture {
	const bytes = Buffer.from(body);
	return { contentType, byteLength: bytes.length, parts: [bytes] };
}

async function deliver(world: World, context: SimulatorContext): Promise<Response> {
	const { jobId = '', file = '' } = context.req.param();
	const found = world.records.get(jobId);
	const index = found?.job.imageUrls.findIndex((url) => url.endsWith(`/${file}`)) ?? -1;
	if (!found || index < 0) return new Response('Not found', { status: 404 });
	const fault = context.get('delivery');
	const picture = fault?.type === 'content' ? toPicture(fault) : await imageOf(world, found, index);
	context.get('recorded').status = 200;
	const { outgoing } = context.env;
	if (!fault || fault.type === 'slow' || fault.type === 'wrongType') {
		outgoing.once('finish', () => (found.job.imageFetches += 1));
	}
	await send(outgoing, picture, fault);
	return answeredByHand();
}

/** The image host: another origin than the API, and no key needed. */
export function createImageHost(world: World): Hono<SimulatorEnv> {
	const app = new Hono<SimulatorEnv>();
	app.use('*', record(world, 'image'), applyFaults(world));
	app.get('/images/:jobId/:file', async (context) => await deliver(world, context));
	return app;
}
