/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { parse } from 'opentype.js';
import type { Command, Font, Glyph } from 'opentype.js';

export type FontName = 'DejaVuSans' | 'DejaVuSans-Bold' | 'DejaVuSansMono';

const loaded = new Map<FontName, Font>();

/** The npm package's own file: the machine's fonts play no part. */
function loadFont(name: FontName): Font {
	const known = loaded.get(name);
	if (known) return known;
	const { buffer, byteOffset, length } = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
	const font = parse(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
	loaded.set(name, font);
	return font;
}

/** Characters the font can draw; the others (emoji, CJK) would only leave boxes. */
export function toDrawable(text: string, name: FontName): string {
	const font = loadFont(name);
	return Array.from(text.replace(/\s+/g, ' '))
		.filter((character) => font.charToGlyphIndex(character) > 0)
		.join('')
		.trim();
}

/** opentype.js's own `toPathData` rounds some coordinates to NaN. */
function toPathData({ type, x1, y1, x2, y2, x, y }: Command): string {
	const coordinates = [x1, y1, x2, y2, x, y].filter((value) => value !== undefined);
	return type + coordinates.map((value) => value.toFixed(2)).join(' ');
}

export type TextStyle = { font: FontName; sizePx: number; trackingEm?: number };

/** Where each glyph of a line begins; one entry more than glyphs, the last being the line's width. */
function placeGlyphs(glyphs: Glyph[], { font, sizePx, trackingEm = 0 }: TextStyle): number[] {
	const { unitsPerEm } = loadFont(font);
	const offsets = [0];
	for (const [at, glyph] of glyphs.entries()) {
		const next = glyphs[at + 1];
		const kerning = next ? loadFont(font).getKerningValue(glyph, next) : 0;
		const advance = ((glyph.advanceWidth + kerning) / unitsPerEm + trackingEm) * sizePx;
		offsets.push(offsets[at]! + advance);
	}
	return offsets;
}

const glyphsOf = (text: string, { font }: TextStyle): Glyph[] => Array.from(text, (character) => loadFont(font).charToGlyph(character));

export const widthOf = (text: string, style: TextStyle): number => placeGlyphs(glyphsOf(text, style), style).at(-1)!;

/** One line of text as SVG path data, its baseline starting at x, y. */
export function setLine(text: string, style: TextStyle, x: number, y: number): string {
	const glyphs = glyphsOf(text, style);
	const offsets = placeGlyphs(glyphs, style);
	return glyphs
		.flatMap((glyph, at) => glyph.getPath(x + offsets[at]!, y, style.sizePx).commands)
		.map(toPathData)
		.join('');
}

/** As much of a text as fits, with an ellipsis. */
function cutToWidth(text: string, style: TextStyle, maxWidthPx: number): string {
	const room = maxWidthPx - widthOf('…', style);
	const fitting = placeGlyphs(glyphsOf(text, style), style).filter((end) => end <= room).length - 1;
	const kept = Array.from(text).slice(0, Math.max(1, fitting));
	return `${kept.join('').trimEnd()}…`;
}

/** Breaks text into lines no wider than `maxWidthPx`; an ellipsis ends what does not fit. */
export function wrap(text: string, style: TextStyle, maxWidthPx: number, maxLines: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const longer = `${lines.at(-1)} ${word}`.trim();
		const fits = widthOf(longer, style) <= maxWidthPx;
		if (fits || lines.at(-1) === '') lines[lines.length - 1] = longer;
		else lines.push(word);
		if (lines.length > maxLines) break;
	}
	const overflow = lines.splice(maxLines).join(' ');
	if (overflow) lines.push(`${lines.pop()} ${overflow}`);
	return lines.map((line) => (widthOf(line, style) > maxWidthPx ? cutToWidth(line, style, maxWidthPx) : line));
}
