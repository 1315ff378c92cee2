/** mulberry32: a seeded generator of numbers in [0, 1), the same on every machine. */
export function createRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** FNV-1a: a text as a seed. */
export function seedOf(text: string): number {
	let hash = 0x811c9dc5;
	for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
	return hash >>> 0;
}

/** A job id as Kyma makes them: 24 hex digits. */
export function randomHex(random: () => number, digits: number): string {
	return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
}
