import type { JobRecord } from '../jobs';
import { createRandom, seedOf } from '../random';
import type { Shape } from '../size';
import { drawCaption } from './caption';
import { toPalette } from './palette';

export type Frame = Shape & { index: number };

/** A generated picture as an SVG document, the same for the same job and index. */
export function drawScene(record: JobRecord, frame: Frame): string {
	const { width, height, index } = frame;
	const random = createRandom(seedOf(record.request.prompt) + index);
	const hue = random() * 360;
	const palette = toPalette(hue + (360 / record.request.n) * index);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
		`<defs><linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${palette.deep}"/><stop offset="1" stop-color="${palette.warm}"/></linearGradient></defs>`,
		`<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
		drawCaption(record, frame),
		'</svg>',
	].join('');
}
