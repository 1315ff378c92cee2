import { mix } from '../palette';
import type { Palette } from '../palette';
import { fade, glow, tag } from '../svg';
import type { Scene } from './index';

type Place = { cx: number; cy: number };

const RINGS = 6;

function drawStars(width: number, height: number, fill: string, random: () => number): string {
	const side = Math.min(width, height);
	const stars = Array.from({ length: 90 }, () => {
		const place = { cx: random() * width, cy: random() * height };
		return tag('circle', { ...place, r: side * (0.0008 + random() * 0.0022), fill, opacity: 0.25 + random() * 0.6 });
	});
	return stars.join('');
}

/** A thin ring with a planet somewhere on it. */
function drawRing(ring: number, center: Place, side: number, { night, light }: Palette, random: () => number): string {
	const r = side * (0.17 + ring * (0.1 + ring * 0.012));
	const angle = random() * 2 * Math.PI;
	const planet = { cx: center.cx + r * Math.cos(angle), cy: center.cy + r * Math.sin(angle) };
	const size = side * (0.014 + random() * 0.04);
	const line = { stroke: light, 'stroke-opacity': 0.34 - ring * 0.035, 'stroke-width': side * 0.003 };
	return [
		tag('circle', { ...center, r, fill: 'none', ...line }),
		tag('circle', { ...planet, r: size * 1.9, fill: night, opacity: 0.35 }),
		tag('circle', { ...planet, r: size, fill: ring % 2 ? 'url(#cool)' : 'url(#hot)' }),
	].join('');
}

/** Planets on thin rings around a lit centre. */
export const drawOrbits: Scene = ({ width, height }, palette, random) => {
	const { night, deep, mid, warm, light } = palette;
	const side = Math.min(width, height);
	const center = { cx: width * (0.35 + random() * 0.3), cy: height * (0.36 + random() * 0.08) };
	const stars = drawStars(width, height, light, random);
	const rings = Array.from({ length: RINGS }, (_, ring) => drawRing(ring, center, side, palette, random));
	return [
		fade('space', 0.4, [0, mix(night, deep, 0.6)], [1, night]),
		glow('core', 0.5, [0, light], [0.35, warm], [1, warm, 0]),
		glow('haze', 0.5, [0, mid, 0.75], [1, deep, 0]),
		glow('hot', 0.35, [0, light], [1, warm]),
		glow('cool', 0.35, [0, light], [1, mid]),
		tag('rect', { width, height, fill: 'url(#space)' }),
		tag('circle', { ...center, r: side * 0.85, fill: 'url(#haze)' }),
		stars,
		tag('circle', { ...center, r: side * 0.13, fill: 'url(#core)' }),
		...rings,
	].join('');
};
