/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { parse } from 'opentype.js';
import type { Font } from 'opentype.js';

export type FontName = 'DejaVuSans' | 'DejaVuSans-Bold' | 'DejaVuSansMono';

const loaded = new Map<FontName, Font>();

/** The npm package's own file: the machine's fonts play no part. */
function loadFont(name: FontName): Font {
	const known = loaded.get(name);
	if (known) return known;
	const { buffer, byteOffset, length } = readFileSync(
		require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
	);
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

type Placed = { pathData: string; widthPx: number };

export type TextStyle = { font: FontName; sizePx: number; trackingEm?: number };

/** One line of text as SVG path data, its baseline starting at x, y. */
export function setLine(text: string, style: TextStyle, x: number, y: number): Placed {
	const font = loadFont(style.font);
	const scale = style.sizePx / font.unitsPerEm;
	const glyphs = Array.from(text, (character) => font.charToGlyph(character));
	let cursor = x;
	const paths = glyphs.map((glyph, index) => {
		const path = glyph.getPath(cursor, y, style.sizePx).toPathData(1);
		const next = glyphs[index + 1];
		const kerning = next ? font.getKerningValue(glyph, next) : 0;
		cursor += (glyph.advanceWidth + kerning) * scale + (style.trackingEm ?? 0) * style.sizePx;
		return path;
	});
	return { pathData: paths.join(''), widthPx: cursor - x };
}

const widthOf = (text: string, style: TextStyle) => setLine(text, style, 0, 0).widthPx;

function cutToWidth(text: string, style: TextStyle, maxWidthPx: number): string {
	let cut = text;
	while (cut.length > 1 && widthOf(`${cut}…`, style) > maxWidthPx) cut = cut.slice(0, -1);
	return `${cut.trimEnd()}…`;
}

/** Breaks text into lines no wider than `maxWidthPx`; the last one ends in … when there is more. */
export function wrap(text: string, style: TextStyle, maxWidthPx: number, maxLines: number) {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line ? `${line} ${word}` : word;
		if (line && widthOf(longer, style) > maxWidthPx) {
			lines.push(line);
			line = word;
		} else line = longer;
		if (lines.length > maxLines) break;
	}
	lines.push(line);
	const kept = lines.slice(0, maxLines);
	if (lines.length > maxLines) kept.push(`${kept.pop()} ${lines[maxLines]}`);
	return kept.map((each) =>
		widthOf(each, style) > maxWidthPx ? cutToWidth(each, style, maxWidthPx) : each,
	);
}
