import type { Sharp } from 'sharp';
import type { ModelRow } from '../models';
import type { SubmitRequest } from '../types';

export type Format = {
	extension: 'png' | 'jpg' | 'webp' | 'avif' | 'gif' | 'svg';
	contentType: string;
	encode?: (image: Sharp) => Sharp;
};

const PNG: Format = {
	extension: 'png',
	contentType: 'image/png',
	encode: (image) => image.png({ compressionLevel: 6 }),
};

const JPEG: Format = {
	extension: 'jpg',
	contentType: 'image/jpeg',
	encode: (image) => image.jpeg({ quality: 88 }),
};

const FORMATS: Record<string, Format> = {
	png: PNG,
	jpeg: JPEG,
	jpg: JPEG,
	webp: {
		extension: 'webp',
		contentType: 'image/webp',
		encode: (image) => image.webp({ quality: 86 }),
	},
	avif: {
		extension: 'avif',
		contentType: 'image/avif',
		encode: (image) => image.avif({ quality: 60, effort: 2 }),
	},
	gif: { extension: 'gif', contentType: 'image/gif', encode: (image) => image.gif() },
};

const SVG: Format = { extension: 'svg', contentType: 'image/svg+xml' };

/** SVG from the vector models; else what `extra.output_format` asks for, else PNG. */
export function formatOf(model: ModelRow, { extra }: SubmitRequest): Format {
	if (model.vector) return SVG;
	return FORMATS[String(extra.output_format)] ?? PNG;
}
