/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { pipeline } from 'node:stream/promises';
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

/** Twenty small pieces a second. */
async function* slowly(parts: Buffer[], bytesPerSecond: number): AsyncGenerator<Buffer> {
	const step = Math.max(1, Math.round(bytesPerSecond / 20));
	for (const part of parts) {
		for (let start = 0; start < part.length; start += step) {
			const piece = part.subarray(start, start + step);
			await delay((piece.length / bytesPerSecond) * 1000, undefined, { ref: false });
			yield piece;
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

function setHeaders(outgoing: Outgoing, picture: Picture, fault?: ImageKind): void {
	const contentType = fault?.type === 'wrongType' ? fault.contentType : picture.contentType;
	outgoing.setHeader('content-type', contentType);
	outgoing.setHeader('cache-control', 'public, max-age=31536000, immutable');
	if (fault?.type !== 'cutOffChunked') outgoing.setHeader('content-length', picture.byteLength);
	outgoing.flushHeaders();
}

/** Streams the image to its end; or, cut off, hangs up in the middle of it. */
async function send(outgoing: Outgoing, picture: Picture, fault?: ImageKind): Promise<void> {
	const { parts, byteLength } = picture;
	setHeaders(outgoing, picture, fault);
	if (fault?.type === 'cutOff' || fault?.type === 'cutOffChunked') {
		const sent = firstBytes(parts, Math.floor(byteLength * (fault.fraction ?? 0.5)));
		await pipeline(sent, outgoing, { end: false });
		outgoing.socket?.end();
	} else {
		await pipeline(fault?.type === 'slow' ? slowly(parts, fault.bytesPerSecond) : parts, outgoing);
	}
}

function toPicture({ contentType, body }: Extract<ImageKind, { type: 'content' }>): Picture {
	const bytes = Buffer.from(body);
	return { contentType, byteLength: bytes.length, parts: [bytes] };
}

function findImage(world: World, { jobId = '', file = '' }: Record<string, string>) {
	const found = world.records.get(jobId);
	const index = found?.job.imageUrls.findIndex((url) => url.endsWith(`/${file}`)) ?? -1;
	return found && index >= 0 ? { found, index } : undefined;
}

const isWhole = (fault?: ImageKind) => !fault || fault.type === 'slow' || fault.type === 'wrongType';

async function deliver(world: World, context: SimulatorContext): Promise<Response> {
	const image = findImage(world, context.req.param());
	if (!image) return new Response('Not found', { status: 404 });
	const { found, index } = image;
	const recorded = context.get('recorded');
	const fault = context.get('delivery');
	const picture = fault?.type === 'content' ? toPicture(fault) : await imageOf(world, found, index);
	recorded.status = 200;
	const delivered = await send(context.env.outgoing, picture, fault).then(
		() => true,
		() => false,
	);
	if (delivered && isWhole(fault) && recorded.method === 'GET') found.job.imageFetches += 1;
	return answeredByHand();
}

/** The image host: another origin than the API, and no key needed. */
export function createImageHost(world: World): Hono<SimulatorEnv> {
	const app = new Hono<SimulatorEnv>();
	app.use('*', record(world, 'image'), applyFaults(world));
	app.get('/images/:jobId/:file', async (context) => await deliver(world, context));
	return app;
}
