import type { JobRecord } from '../jobs';
import { createRandom, seedOf } from '../random';
import type { Shape } from '../size';
import { captionOf, drawCaption, drawCount, unitOf } from './caption';
import type { Caption } from './caption';
import { mix, paletteAt } from './palette';
import type { Palette } from './palette';
import { SCENES } from './scenes';
import { fade, svgDocument, tag } from './svg';

/** The picture to draw: its size in pixels, and which of the job's images it is. */
export type Frame = Shape & { index: number };

/** The caption in white over a fade to night. */
function drawFoot(caption: Caption, frame: Frame, { night, warm, light }: Palette): string {
	const { width, height } = frame;
	const unit = unitOf(frame);
	const ink = {
		model: warm,
		prompt: '#ffffff',
		jobId: mix(night, light, 0.65),
		marginPx: unit * 6,
	};
	const { markup, topPx } = drawCaption(caption, frame, ink);
	const y = topPx - unit * 13;
	const foot = fade('foot', 0, [0, night, 0], [0.45, night, 0.72], [1, night, 0.92]);
	return foot + tag('rect', { y, width, height: height - y, fill: 'url(#foot)' }) + markup;
}

/** A generated picture as an SVG document; the same for the same prompt, job and index. */
export function drawScene(record: JobRecord, frame: Frame): string {
	const seed = seedOf(record.request.prompt);
	const palette = paletteAt((seed >>> 8) + frame.index);
	const caption = captionOf(record, frame.index);
	const picture = SCENES[seed % SCENES.length]!(frame, palette, createRandom(seed + frame.index));
	const count = caption.count ? drawCount(caption.count, frame) : '';
	return svgDocument(frame.width, frame.height, picture + drawFoot(caption, frame, palette) + count);
}
