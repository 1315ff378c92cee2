import type { Palette } from '../palette';
import { tag } from '../svg';
import type { Scene } from './index';

type Motif = (size: number, fill: string, accent: string) => string;

const quarter = (size: number) => `M0 0H${size}A${size} ${size} 0 0 1 0 ${size}Z`;

/** Drawn in a cell from 0,0 and turned by quarters. */
const MOTIFS: Motif[] = [
	(size, fill) => tag('path', { d: quarter(size), fill }),
	(size, fill, accent) => tag('path', { d: quarter(size), fill }) + tag('path', { d: quarter(size / 2), fill: accent }),
	(size, fill) => tag('circle', { cx: size / 2, cy: size / 2, r: size * 0.36, fill }),
	(size, fill, accent) =>
		tag('circle', { cx: size / 2, cy: size / 2, r: size * 0.5, fill }) +
		tag('circle', { cx: size / 2, cy: size / 2, r: size * 0.2, fill: accent }),
	(size, fill) => tag('path', { d: `M0 0H${size}L0 ${size}Z`, fill }),
	(size, fill) => tag('path', { d: `M0 ${size / 2}A${size / 2} ${size / 2} 0 0 1 ${size} ${size / 2}Z`, fill }),
];

function pick<T>(list: readonly T[], random: () => number): T {
	return list[Math.floor(random() * list.length)]!;
}

function drawCell(size: number, palette: Palette, random: () => number): string {
	const colors = Object.values(palette);
	const ground = pick(colors, random);
	const others = colors.filter((color) => color !== ground);
	const fill = pick(others, random);
	const accent = pick(
		others.filter((color) => color !== fill),
		random,
	);
	const turn = `rotate(${Math.floor(random() * 4) * 90} ${size / 2} ${size / 2})`;
	return tag('rect', { width: size, height: size, fill: ground }) + tag('g', { transform: turn }, pick(MOTIFS, random)(size, fill, accent));
}

/** A wall of tiles, as a poster of the twenties would have it. */
export const drawTiles: Scene = ({ width, height }, palette, random) => {
	const size = Math.ceil(Math.min(width, height) / (4 + Math.floor(random() * 2)));
	const [columns, rows] = [Math.ceil(width / size), Math.ceil(height / size)];
	return Array.from({ length: columns * rows }, (_, at) => {
		const [x, y] = [(at % columns) * size, Math.floor(at / columns) * size];
		return tag('g', { transform: `translate(${x} ${y})` }, drawCell(size, palette, random));
	}).join('');
};
