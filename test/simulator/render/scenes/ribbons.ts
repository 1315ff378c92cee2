import { mix } from '../palette';
import { fade, tag } from '../svg';
import type { Scene } from './index';

const RIBBONS = 9;

/** Silk bands that cross the picture and overlap. */
export const drawRibbons: Scene = ({ width, height }, palette, random) => {
	const { night, deep, mid, warm, light } = palette;
	const mirrored = random() < 0.5;
	const [rise, bend] = [0.1 + random() * 0.35, 0.3 + random() * 0.45];
	const ribbons = Array.from({ length: RIBBONS }, (_, band) => {
		const share = band / (RIBBONS - 1);
		const top = height * (-0.12 + share * 0.95);
		const thick = height * (0.13 + random() * 0.12);
		const [dip, lift] = [height * bend * (0.6 + random() * 0.4), height * rise];
		const upper = `M0 ${top + lift}C${width * 0.3} ${top + lift + dip} ${width * 0.62} ${top - dip} ${width} ${top}`;
		const lower = `L${width} ${top + thick}C${width * 0.66} ${top - dip * 0.75 + thick} ${width * 0.34} ${top + lift + dip * 1.15 + thick} 0 ${top + lift + thick * 1.5}Z`;
		return tag('path', { d: upper + lower, fill: `url(#band${band % 3})`, opacity: 0.78 });
	});
	return [
		fade('ground', 0.6, [0, mix(deep, mid, 0.4)], [1, night]),
		fade('band0', 0.8, [0, warm, 0.95], [1, mix(warm, deep, 0.6), 0.5]),
		fade('band1', 1, [0, light, 0.9], [1, mid, 0.35]),
		fade('band2', 0.5, [0, mid, 0.9], [1, deep, 0.6]),
		tag('rect', { width, height, fill: 'url(#ground)' }),
		tag('g', { transform: mirrored ? `translate(${width} 0) scale(-1 1)` : '' }, ribbons.join('')),
	].join('');
};
