import type { JobRecord } from '../jobs';
import type { Shape } from '../size';
import { tag } from './svg';
import { setLine, toDrawable, widthOf, wrap } from './typography';
import type { TextStyle } from './typography';

export type Caption = {
	model: string;
	prompt: string;
	jobId: string;
	/** "2/4", or empty. */
	count: string;
};

export function captionOf({ job, model, request }: JobRecord, index: number): Caption {
	const count = request.n > 1 ? `${index + 1}/${request.n}` : '';
	return { model: model.name, prompt: request.prompt, jobId: job.id, count };
}

/** Colors of the caption's three texts, and how far they stand from the sides. */
export type Ink = { model: string; prompt: string; jobId: string; marginPx: number };

type Line = { text: string; style: TextStyle; fill: string; gapPx: number };

/** One hundredth of the picture's size, however wide or tall it is. */
export const unitOf = ({ width, height }: Shape): number => (Math.min(width, height) * 0.7 + Math.max(width, height) * 0.3) / 100;

/** The caption's lines from the lowest up, each with the gap to the one below. */
function toLines(caption: Caption, shape: Shape, ink: Ink): Line[] {
	const unit = unitOf(shape);
	const body: TextStyle = { font: 'DejaVuSans-Bold', sizePx: unit * 5 };
	const label: TextStyle = { font: 'DejaVuSans-Bold', sizePx: unit * 2.5, trackingEm: 0.14 };
	const small: TextStyle = { font: 'DejaVuSansMono', sizePx: unit * 2.3 };
	const text = toDrawable(caption.prompt, body.font) || '…';
	const prompt = wrap(text, body, shape.width - ink.marginPx * 2, shape.height < shape.width / 2 ? 1 : 3);
	return [
		{ text: caption.jobId, style: small, fill: ink.jobId, gapPx: 0 },
		...prompt.reverse().map((line, at) => ({
			...{ text: line, style: body, fill: ink.prompt },
			gapPx: unit * (at === 0 ? 5 : 6.4),
		})),
		{ text: caption.model.toUpperCase(), style: label, fill: ink.model, gapPx: unit * 7 },
	];
}

/** Model, prompt and job id at the foot of the picture, as paths; `topPx` is where they begin. */
export function drawCaption(caption: Caption, shape: Shape, ink: Ink) {
	const unit = unitOf(shape);
	let y = shape.height - unit * 5.5;
	const lines = toLines(caption, shape, ink).map(({ text, style, fill, gapPx }) => {
		y -= gapPx;
		return tag('path', { d: setLine(text, style, ink.marginPx, y), fill });
	});
	return { markup: lines.join(''), topPx: y - unit * 3 };
}

/** A small badge in the upper right corner. */
export function drawCount(count: string, shape: Shape): string {
	const unit = unitOf(shape);
	const style: TextStyle = { font: 'DejaVuSans-Bold', sizePx: unit * 3 };
	const width = widthOf(count, style) + unit * 4;
	const [x, y] = [shape.width - width - unit * 5, unit * 5];
	const pill = { x, y, width, height: unit * 5.6, rx: unit * 2.8 };
	return (
		tag('rect', { ...pill, fill: '#000000', 'fill-opacity': 0.45 }) +
		tag('path', { d: setLine(count, style, x + unit * 2, y + unit * 3.9), fill: '#ffffff' })
	);
}
