/** Five tones of one mood, from night to paper. */
export type Palette = { night: string; deep: string; mid: string; warm: string; light: string };

const TONES = [
	['#14213d', '#2b4c7e', '#6d7fb3', '#f0a07c', '#fbe6c8'],
	['#0f2420', '#1f4d43', '#5b9482', '#f0b56a', '#f8efcf'],
	['#1c1235', '#47295f', '#96597a', '#f2b07c', '#fff1de'],
	['#0b2233', '#145069', '#3f9aa5', '#ffab8a', '#fff0df'],
	['#2a0f2c', '#682447', '#c0505e', '#f4a982', '#fde9d2'],
	['#0d1b2c', '#274a6e', '#7ba4c9', '#ffc98f', '#f6f3ea'],
	['#1f2710', '#4a5e26', '#98a457', '#efc46f', '#fbf4df'],
	['#140c2b', '#35276e', '#6f5fd6', '#ff9a80', '#ffe8d6'],
] as const;

/** Neighbouring indices are clearly different moods. */
export function paletteAt(index: number): Palette {
	const [night, deep, mid, warm, light] = TONES[index % TONES.length]!;
	return { night, deep, mid, warm, light };
}

const channels = (color: string) => [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));

/** From one color (`share` 0) to the other (1). */
export function mix(from: string, to: string, share: number): string {
	const end = channels(to);
	const mixed = channels(from).map((value, at) => Math.round(value + (end[at]! - value) * share));
	return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
