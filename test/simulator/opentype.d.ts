/** The part of opentype.js 2 that the simulator uses; the package ships no types. */
declare module 'opentype.js' {
	export type Glyph = {
		advanceWidth: number;
		getPath(x: number, y: number, fontSize: number): { toPathData(decimals: number): string };
	};
	export type Font = {
		unitsPerEm: number;
		charToGlyphIndex(character: string): number;
		charToGlyph(character: string): Glyph;
		getKerningValue(left: Glyph, right: Glyph): number;
	};
	export function parse(bytes: ArrayBuffer): Font;
}
