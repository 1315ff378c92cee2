/** Longest file name in bytes: file systems stop at 255, and n8n adds to it. */
const MAX_BYTES = 200;
/** Room for `-123`, `_4` and the extension. */
const SUFFIX_BYTES = 20;
/** Control characters, what file systems refuse, and marks that turn the direction of a text. */
const UNSAFE = /[\p{Cc}<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** Names that Windows keeps for devices, with or without an extension. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\..*)?$/i;
const KNOWN_EXTENSION = /\.(png|jpe?g|webp|gif|avif|svg)$/i;

/** Cuts at a character, never inside one. */
function truncate(text: string, maxBytes: number): string {
	let result = '';
	for (const character of text) {
		if (Buffer.byteLength(result + character) > maxBytes) break;
		result += character;
	}
	return result;
}

/**
 * A base name that every file system takes: no path, no control characters, no device names, at most 180 bytes;
 * an image extension the user typed is dropped, the real one follows from the content. A Mac takes two spellings of the
 * same letters for one name, so there is one (NFC).
 */
export function toBaseName(name: string): string {
	const bare = name.toWellFormed().normalize('NFC').replace(UNSAFE, '_').trim().replace(KNOWN_EXTENSION, '');
	const trimmed = truncate(bare, MAX_BYTES - SUFFIX_BYTES).replace(/^[.\s]+|[.\s]+$/g, '');
	if (trimmed === '') return 'image';
	return DEVICES.test(trimmed) ? `_${trimmed}` : trimmed;
}

/** Name of the image at `index` (from 0) of a job, without its extension: the first is bare, others count from 2. */
export const toImageName = (base: string, index: number): string => (index === 0 ? base : `${base}_${index + 1}`);

/**
 * Base names that are unique within a run whatever their case, given out in input order so that they do not depend on
 * which download ends first. `counts[i]` is how many images item `i` may bring.
 */
export function reserveBaseNames(names: string[], counts: number[]): string[] {
	const used = new Set<string>();
	const lastNth = new Map<string, number>();
	return names.map((name, item) => {
		const base = toBaseName(name);
		const toNames = (candidate: string) =>
			Array.from({ length: counts[item] ?? 1 }, (_, index) => toImageName(candidate, index).toLowerCase());
		let nth = lastNth.get(base.toLowerCase()) ?? 1;
		let unique = base;
		while (toNames(unique).some((taken) => used.has(taken))) unique = `${base}-${(nth += 1)}`;
		lastNth.set(base.toLowerCase(), nth);
		toNames(unique).forEach((taken) => used.add(taken));
		return unique;
	});
}
