/** Part of every API key of the chaos test, and of nothing else. */
export const SECRET = 'chaossecret';

export const toApiKey = (number: number): string => `ky-${SECRET}-${number}`;

/** Base64 of a text does not depend on what stands around it, but for its offset and its ends. */
const toBase64Core = (offset: number) =>
	Buffer.from('x'.repeat(offset) + SECRET)
		.toString('base64')
		.slice(offset === 0 ? 0 : 4, -4);

const SPELLINGS = [SECRET, Buffer.from(SECRET).toString('hex'), ...[0, 1, 2].map(toBase64Core)];

/** Whether a text holds an API key, as it is or encoded. */
export const holdsKey = (text: string): boolean => SPELLINGS.some((spelling) => text.includes(spelling));
