type Attributes = Record<string, string | number>;

const printValue = (value: string | number) => (typeof value === 'number' ? String(Number(value.toFixed(2))) : value);

/** One SVG element; `content` is markup, so the caller escapes text. */
export function tag(name: string, attributes: Attributes, content = ''): string {
	const printed = Object.entries(attributes).map(([key, value]) => ` ${key}="${printValue(value)}"`);
	return `<${name}${printed.join('')}>${content}</${name}>`;
}

type Stop = [offset: number, color: string, opacity?: number];

const toStops = (stops: Stop[]) =>
	stops.map(([offset, color, opacity = 1]) => tag('stop', { offset, 'stop-color': color, 'stop-opacity': opacity })).join('');

/** A gradient from top to bottom, leaning by `lean` of the width. */
export const fade = (id: string, lean: number, ...stops: Stop[]): string =>
	tag('linearGradient', { id, x1: 0, y1: 0, x2: lean, y2: 1 }, toStops(stops));

/** A gradient outwards from a point: `center` is its share of width and height alike. */
export const glow = (id: string, center: number, ...stops: Stop[]): string =>
	tag('radialGradient', { id, cx: center, cy: center, r: 0.5 }, toStops(stops));

/** A whole document. */
export const svgDocument = (width: number, height: number, content: string): string =>
	tag('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }, content);
