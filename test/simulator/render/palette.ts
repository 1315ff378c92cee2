export type Palette = {
	hue: number;
	dark: string;
	deep: string;
	mid: string;
	warm: string;
	light: string;
};

const hsl = (hue: number, saturation: number, lightness: number) =>
	`hsl(${Math.round(((hue % 360) + 360) % 360)},${saturation}%,${lightness}%)`;

/** Five tones around one hue, from night to paper, with a warm accent opposite. */
export function toPalette(hue: number): Palette {
	return {
		hue,
		dark: hsl(hue - 14, 48, 13),
		deep: hsl(hue - 8, 52, 27),
		mid: hsl(hue, 54, 47),
		warm: hsl(hue + 150, 78, 66),
		light: hsl(hue + 24, 62, 84),
	};
}
