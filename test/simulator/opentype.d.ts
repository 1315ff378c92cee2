/** The part of opentype.js 2 that the simulator uses; the package ships no types. */
declare module 'opentype.js' {
	export type Command = { type: 'M' | 'L' | 'C' | 'Q' | 'Z' } & Partial<Record<'x1' | 'y1' | 'x2' | 'y2' | 'x' | 'y', number>>;
	export type Glyph = {
		advanceWidth: number;
		getPath(x: number, y: number, fontSize: number): { commands: Command[] };
	};
	export type Font = {
		unitsPerEm: number;
		charToGlyphIndex(character: string): number;
		charToGlyph(character: string): Glyph;
		getKerningValue(left: Glyph, right: Glyph): number;
	};
	export function parse(bytes: ArrayBuffer): Font;
}
