import sharp from 'sharp';
import type { OverlayOptions } from 'sharp';
import type { JobRecord } from '../jobs';
import { seedOf } from '../random';
import type { Shape } from '../size';
import type { Source } from '../sources';
import { captionOf, drawCaption, unitOf } from './caption';
import { mix, paletteAt } from './palette';
import type { Palette } from './palette';
import type { Frame } from './scene';
import { fade, svgDocument, tag } from './svg';

type Cell = { left: number; top: number; width: number; height: number };

/** Splits an area into cells, one per source, a gap around each: rows of up to four, the last one may be shorter. */
export function toCells({ width, height }: Shape, count: number, gapPx: number): Cell[] {
	const columns = Math.ceil(Math.sqrt(count * (width >= height ? 1 : 0.5)));
	const rows = Math.ceil(count / columns);
	return Array.from({ length: count }, (_, at) => {
		const [row, column] = [Math.floor(at / columns), at % columns];
		const inRow = Math.min(columns, count - row * columns);
		const [stepX, stepY] = [(width - gapPx) / inRow, (height - gapPx) / rows];
		return {
			left: Math.round(gapPx + column * stepX),
			top: Math.round(gapPx + row * stepY),
			width: Math.max(1, Math.floor(stepX - gapPx)),
			height: Math.max(1, Math.floor(stepY - gapPx)),
		};
	});
}

function wash({ width, height }: Cell, from: string, to: string, opacity: number): Buffer {
	const gradient = fade('wash', 1, [0, from], [1, to]);
	const rect = tag('rect', { width, height, fill: 'url(#wash)', 'fill-opacity': opacity });
	return Buffer.from(svgDocument(width, height, gradient + rect));
}

/** The source's own pixels, cut to the cell and split-toned in the palette. */
async function toneSource({ png }: Source, cell: Cell, palette: Palette): Promise<OverlayOptions> {
	const { width, height } = cell;
	const input = await sharp(png)
		.flatten({ background: '#ffffff' })
		.resize(width, height, { fit: 'cover' })
		.modulate({ saturation: 0.85 })
		.composite([
			{ input: wash(cell, palette.deep, palette.warm, 0.2) },
			{ input: wash(cell, palette.mid, palette.warm, 1), blend: 'soft-light' },
		])
		.png()
		.toBuffer();
	return { input, left: cell.left, top: cell.top };
}

/**
 * An edited picture: the sources' own pixels, toned and framed as a print with its caption below.
 * A client can tell from it that its sources arrived, and in which order.
 */
export async function drawEdit(record: JobRecord, frame: Frame): Promise<Buffer> {
	const { width, height, index } = frame;
	const marginPx = Math.max(2, unitOf(frame) * 4);
	const palette = paletteAt((seedOf(record.request.prompt) >>> 8) + index);
	const { night, deep, light } = palette;
	const caption = captionOf(record, index);
	const edited = { ...caption, model: `${caption.model} · edited ${caption.count}` };
	const ink = { model: deep, prompt: night, jobId: mix(night, light, 0.4), marginPx };
	const { markup, topPx } = drawCaption(edited, frame, ink);
	const cells = toCells({ width, height: topPx }, record.sources.length, marginPx);
	const pictures = await Promise.all(record.sources.map(async (source, at) => await toneSource(source, cells[at]!, palette)));
	return await sharp({ create: { width, height, channels: 3, background: light } })
		.composite([...pictures, { input: Buffer.from(svgDocument(width, height, markup)) }])
		.png()
		.toBuffer();
}
