import type { ModelRow } from './models';

export type Shape = { width: number; height: number };

/** As far off (about a fifth) a known ratio still stands in for the one asked for. */
const NEAR = Math.log(1.2);

function parsePair(text: string | undefined, separator: 'x' | ':'): Shape | undefined {
	const match = new RegExp(`^(\\d{1,5})${separator}(\\d{1,5})$`, 'i').exec(text ?? '');
	const [width, height] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
	return width > 0 && height > 0 ? { width, height } : undefined;
}

const ratioOf = ({ width, height }: Shape): number => width / height;

const apart = (one: Shape, other: Shape): number => Math.abs(Math.log(ratioOf(one) / ratioOf(other)));

/** What `size` asks for, as a width and a height in any unit; undefined for "auto" and for nonsense. */
export const parseSize = (size: string | undefined): Shape | undefined => parsePair(size, 'x') ?? parsePair(size, ':');

/** Pixels to bill for: those of `WIDTHxHEIGHT`, else one megapixel. */
export function requestedPixels(size: string | undefined): number {
	const shape = parsePair(size, 'x');
	return shape ? shape.width * shape.height : 1024 * 1024;
}

/** The nearest ratio the model knows; its default when none is near. */
export function shapeFor(model: ModelRow, size: string | undefined, source?: Shape): Shape {
	const wanted = parseSize(size) ?? source;
	if (model.ratios === 'any' || (source && wanted === source)) {
		return wanted ?? { width: 1, height: 1 };
	}
	const known = model.ratios.flatMap((ratio) => parsePair(ratio, ':') ?? []);
	const [fallback = { width: 1, height: 1 }] = known;
	if (!wanted) return fallback;
	const nearest = known.reduce((best, each) => (apart(each, wanted) < apart(best, wanted) ? each : best));
	return apart(nearest, wanted) <= NEAR ? nearest : fallback;
}

/** Scales a shape so that its longer side has this many pixels; never thinner than 1:8. */
export function toPixels(shape: Shape, longSidePx: number): Shape {
	const ratio = Math.min(8, Math.max(1 / 8, ratioOf(shape)));
	return ratio >= 1
		? { width: longSidePx, height: Math.round(longSidePx / ratio) }
		: { width: Math.round(longSidePx * ratio), height: longSidePx };
}
