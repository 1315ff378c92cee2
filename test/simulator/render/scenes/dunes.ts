import { mix } from '../palette';
import type { Palette } from '../palette';
import { fade, glow, tag } from '../svg';
import type { Scene } from './index';

const LAYERS = 5;

/** A smooth ridge of three waves, closed along the lower edge. */
function ridge(width: number, height: number, base: number, swell: number, random: () => number) {
	const waves = [1, 2.3, 4.1].map((frequency) => ({ frequency, phase: random() * 2 * Math.PI }));
	const steps = 48;
	const points = Array.from({ length: steps + 1 }, (_, step) => {
		const along = step / steps;
		const lift = waves.reduce((sum, { frequency, phase }) => sum + Math.sin(along * frequency * Math.PI + phase) / (frequency + 0.6), 0);
		return `${(along * width).toFixed(1)} ${(base - lift * swell).toFixed(1)}`;
	});
	return `M0 ${height}L${points.join('L')}L${width} ${height}Z`;
}

function colorOf(layer: number, { warm, mid, deep, night }: Palette): string {
	const depth = layer / (LAYERS - 1);
	return depth < 0.5 ? mix(mix(warm, mid, 0.45), deep, depth * 2) : mix(deep, night, depth * 2 - 1);
}

/** A low sun over layered hills. */
export const drawDunes: Scene = ({ width, height }, palette, random) => {
	const radius = Math.min(width, height) * (0.12 + random() * 0.05);
	const sun = { cx: width * (0.25 + random() * 0.5), cy: height * (0.26 + random() * 0.1) };
	const { deep, mid, warm, light } = palette;
	const hills = Array.from({ length: LAYERS }, (_, layer) => {
		const base = height * (0.5 + layer * 0.105);
		const path = ridge(width, height, base, height * (0.1 - layer * 0.008), random);
		return tag('path', { d: path, fill: colorOf(layer, palette) });
	});
	return [
		fade('sky', 0, [0, mix(deep, mid, 0.35)], [0.35, mix(mid, warm, 0.45)], [0.62, mix(warm, light, 0.4)]),
		glow('halo', 0.5, [0, light, 0.85], [0.3, light, 0.3], [1, light, 0]),
		tag('rect', { width, height, fill: 'url(#sky)' }),
		tag('circle', { ...sun, r: radius * 3.2, fill: 'url(#halo)' }),
		tag('circle', { ...sun, r: radius, fill: mix(light, '#ffffff', 0.35) }),
		...hills,
	].join('');
};
