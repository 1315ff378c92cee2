import sharp from 'sharp';
import type { JobRecord } from '../jobs';
import { shapeFor, toPixels } from '../size';
import type { World } from '../world';
import { drawEdit } from './edit';
import { formatOf } from './encode';
import { padImage } from './pad';
import { drawScene } from './scene';

/** An image ready to be sent. The parts of a padded one share one buffer of zeros. */
export type Picture = { contentType: string; byteLength: number; parts: Buffer[] };

/** Rendered images, the ones used last kept, up to a number of bytes. */
export type Gallery = { images: Map<string, Promise<Buffer>>; byteLength: number };

const MAX_BYTES = 64 * 1024 * 1024;

export const createGallery = (): Gallery => ({ images: new Map(), byteLength: 0 });

async function render(world: World, record: JobRecord, index: number): Promise<Buffer> {
	const { model, request, sources } = record;
	const shape = shapeFor(model, request.size, sources[0]);
	const frame = { ...toPixels(shape, world.settings.imageLongSidePx), index };
	const { encode } = formatOf(model, request);
	if (sources.length > 0) return await encode!(sharp(await drawEdit(record, frame))).toBuffer();
	const svg = Buffer.from(drawScene(record, frame));
	return encode ? await encode(sharp(svg).removeAlpha()).toBuffer() : svg;
}

async function remember(gallery: Gallery, name: string, image: Promise<Buffer>): Promise<Buffer> {
	gallery.images.set(name, image);
	const bytes = await image;
	gallery.byteLength += bytes.length;
	for (const [oldest, old] of gallery.images) {
		if (gallery.byteLength <= MAX_BYTES || oldest === name) break;
		gallery.images.delete(oldest);
		gallery.byteLength -= (await old).length;
	}
	return bytes;
}

function nameOf({ settings }: World, { job, model, request, sources }: JobRecord, index: number): string {
	const isShared = settings.samePicture && sources.length === 0;
	return isShared ? `${formatOf(model, request).extension} ${request.size ?? ''}` : `${job.id}/${index}`;
}

async function renderOnce(world: World, record: JobRecord, index: number): Promise<Buffer> {
	const { gallery } = world;
	const name = nameOf(world, record, index);
	const known = gallery.images.get(name);
	if (!known) return await remember(gallery, name, render(world, record, index));
	gallery.images.delete(name);
	gallery.images.set(name, known);
	return await known;
}

/** The image exactly as the image host sends it, byte for byte the same each time. */
export async function imageOf(world: World, record: JobRecord, index: number): Promise<Picture> {
	const { extension, contentType } = formatOf(record.model, record.request);
	const bytes = await renderOnce(world, record, index);
	const parts = padImage(bytes, extension, world.settings.imageBytes ?? 0);
	return { contentType, byteLength: parts.reduce((sum, part) => sum + part.length, 0), parts };
}

export async function imageBytesOf(world: World, record: JobRecord, index: number) {
	return Buffer.concat((await imageOf(world, record, index)).parts);
}
