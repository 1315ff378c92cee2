import { mix } from '../palette';
import { fade, glow, tag } from '../svg';
import type { Scene } from './index';

const RINGS = 6;

/** Planets on thin rings around a lit centre. */
export const drawOrbits: Scene = ({ width, height }, palette, random) => {
	const { night, deep, mid, warm, light } = palette;
	const side = Math.min(width, height);
	const center = { x: width * (0.35 + random() * 0.3), y: height * (0.36 + random() * 0.08) };
	const stars = Array.from({ length: 90 }, () =>
		tag('circle', {
			cx: random() * width,
			cy: random() * height,
			r: side * (0.0008 + random() * 0.0022),
			fill: light,
			opacity: 0.25 + random() * 0.6,
		}),
	);
	const rings = Array.from({ length: RINGS }, (_, ring) => {
		const r = side * (0.17 + ring * (0.1 + ring * 0.012));
		const angle = random() * 2 * Math.PI;
		const planet = { cx: center.x + r * Math.cos(angle), cy: center.y + r * Math.sin(angle) };
		const size = side * (0.014 + random() * 0.04);
		return [
			tag('circle', {
				...{ cx: center.x, cy: center.y, r, fill: 'none' },
				...{ stroke: light, 'stroke-opacity': 0.34 - ring * 0.035, 'stroke-width': side * 0.003 },
			}),
			tag('circle', { ...planet, r: size * 1.9, fill: night, opacity: 0.35 }),
			tag('circle', { ...planet, r: size, fill: ring % 2 ? 'url(#cool)' : 'url(#hot)' }),
		].join('');
	});
	return [
		fade('space', [[0, mix(night, deep, 0.6)], [1, night]], 0.4), // prettier-ignore
		glow('core', [[0, light], [0.35, warm], [1, warm, 0]]), // prettier-ignore
		glow('haze', [[0, mid, 0.75], [1, deep, 0]]), // prettier-ignore
		glow('hot', [[0, light], [1, warm]], 0.35, 0.35), // prettier-ignore
		glow('cool', [[0, light], [1, mid]], 0.35, 0.35), // prettier-ignore
		tag('rect', { width, height, fill: 'url(#space)' }),
		tag('circle', { cx: center.x, cy: center.y, r: side * 0.85, fill: 'url(#haze)' }),
		...stars,
		tag('circle', { cx: center.x, cy: center.y, r: side * 0.13, fill: 'url(#core)' }),
		...rings,
	].join('');
};
