import sharp from 'sharp';
import { download, run } from './driver';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0, imageLongSidePx: 160 });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const picture = async (patch: object, index = 0) => await simulator.imageFor((await run(simulator, patch)).id, index);
const sizeOf = async (image: Buffer) => {
	const { width, height } = await sharp(image).metadata();
	return [width, height];
};

test.each([
	[{}, [160, 160]],
	[{ size: 'auto' }, [160, 160]],
	[{ size: '16:9' }, [160, 90]],
	[{ size: '9:16' }, [90, 160]],
	[{ size: '21:9' }, [160, 69]],
	[{ size: '800x600' }, [160, 120]],
	[{ size: 'banana' }, [160, 160]],
	[{ model: 'imagen-4', size: '21:9' }, [160, 160]],
	[{ model: 'gpt-image-2', size: '1536x1024' }, [160, 107]],
	[{ model: 'flux-2-pro', size: '1000x400' }, [160, 64]],
])('%j gives the aspect ratio %j', async (patch, size) => {
	expect(await sizeOf(await picture(patch))).toEqual(size);
});

test('with one picture for all, jobs of one format and size share it, and no others', async () => {
	simulator.configure({ samePicture: true });
	try {
		const [first, second, wide] = [await picture({}), await picture({ prompt: 'Another wish' }), await picture({ size: '16:9' })];
		expect(second.equals(first)).toBe(true);
		expect(await sizeOf(wide)).toEqual([160, 90]);
	} finally {
		simulator.configure({ samePicture: false });
	}
	expect((await picture({})).equals(await picture({ prompt: 'Another wish' }))).toBe(false);
});

/** What the first bytes say. */
function sniff(bytes: Buffer): string | undefined {
	const head = bytes.subarray(0, 12).toString('latin1');
	const signs: [RegExp, string][] = [
		[/^.PNG\r\n/, 'image/png'],
		[/^\xff\xd8\xff/, 'image/jpeg'],
		[/^RIFF....WEBP/s, 'image/webp'],
		[/^GIF89a/, 'image/gif'],
		[/^....ftypavif/s, 'image/avif'],
	];
	return signs.find(([sign]) => sign.test(head))?.[1];
}

test.each([
	['png', 'png', 'image/png'],
	['jpeg', 'jpg', 'image/jpeg'],
	['webp', 'webp', 'image/webp'],
	['gif', 'gif', 'image/gif'],
	['avif', 'avif', 'image/avif'],
	['tiff', 'png', 'image/png'],
])('output_format %s gives a real .%s', async (format, extension, type) => {
	const { output } = await run(simulator, { extra: { output_format: format } });
	const { headers, bytes } = await download(output!.url!);
	expect(output!.url).toMatch(new RegExp(`\\.${extension}$`));
	expect(headers['content-type']).toBe(type);
	expect(sniff(bytes)).toBe(type);
});

test.each(['png', 'jpeg', 'webp', 'gif', 'avif'])('a %s is padded to the size asked for and still the same picture', async (format) => {
	const extra = { output_format: format };
	const { id } = await run(simulator, { extra });
	const plain = await simulator.imageFor(id);
	simulator.configure({ imageBytes: 3_000_001 });
	const padded = await simulator.imageFor(id);
	const pixels = async (image: Buffer) => await sharp(image).raw().toBuffer();
	expect(padded.length).toBeGreaterThanOrEqual(3_000_001);
	expect(padded.length).toBeLessThan(3_000_300);
	expect((await pixels(padded)).equals(await pixels(plain))).toBe(true);
});

test('a padded PNG has exactly the bytes asked for, and its length says so', async () => {
	simulator.configure({ imageBytes: 2_500_000 });
	const { output } = await run(simulator);
	const { headers, bytes } = await download(output!.url!);
	expect([bytes.length, headers['content-length']]).toEqual([2_500_000, '2500000']);
});

test('the vector models give an SVG document of paths, without text that needs a font', async () => {
	const { output } = await run(simulator, { model: 'recraft-v4-vector' });
	const { headers, bytes } = await download(output!.url!);
	expect(headers['content-type']).toBe('image/svg+xml');
	expect(bytes.toString()).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^]*<\/svg>$/);
	expect(bytes.toString()).not.toContain('<text');
	expect(await sizeOf(bytes)).toEqual([160, 160]);
});

test('four images of one job are four different pictures', async () => {
	const { id } = await run(simulator, { n: 4 });
	const images = await Promise.all([0, 1, 2, 3].map(async (index) => await simulator.imageFor(id, index)));
	const stats = await Promise.all(images.map(async (image) => await sharp(image).stats()));
	const hues = stats.map(({ dominant: { r, g, b } }) => `${r},${g},${b}`);
	expect(new Set(hues).size).toBe(4);
});

test('a prompt of one endless word, of emoji alone, or full of markup is drawn too', async () => {
	for (const prompt of ['x'.repeat(4000), '🦊🦊🦊', '</svg><script>&"\'']) {
		expect(await sizeOf(await picture({ prompt }))).toEqual([160, 160]);
	}
});
