/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { run } from './driver';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
let sourceHost: Server;
let sourceOrigin: string;

/** A source image in one flat color. */
const flat = async (background: string, width = 60, height = 60) =>
	await sharp({ create: { width, height, channels: 3, background } })
		.png()
		.toBuffer();

beforeAll(async () => {
	simulator = await startSimulator({ speed: 0, imageLongSidePx: 160 });
	const pages: Record<string, Buffer | string> = {
		'/blue.png': await flat('#0000ff'),
		'/wide.png': await flat('#00ff00', 90, 45),
		'/page.html': '<html>Not an image</html>',
	};
	sourceHost = createServer(({ url = '' }, answer) => {
		answer.statusCode = url in pages ? 200 : 404;
		if (url === '/moved.png') answer.writeHead(302, { location: '/blue.png' });
		answer.end(pages[url]);
	}).listen(0, '127.0.0.1');
	await once(sourceHost, 'listening');
	sourceOrigin = `http://127.0.0.1:${(sourceHost.address() as AddressInfo).port}`;
});
beforeEach(() => simulator.reset());
afterAll(async () => {
	sourceHost.close();
	await simulator.close();
});

const picture = async (patch: object) => await simulator.imageFor((await run(simulator, patch)).id);
const sizeOf = async (image: Buffer) => {
	const { width, height } = await sharp(image).metadata();
	return [width, height];
};

/** Average red, green and blue of the part of an edit where the source is shown. */
async function colorOf(image: Buffer, left = 0.3): Promise<number[]> {
	const { width, height } = await sharp(image).metadata();
	const area = {
		left: Math.round(width * left),
		top: Math.round(height * 0.3),
		width: 8,
		height: 8,
	};
	const cut = await sharp(image).extract(area).toBuffer();
	return (await sharp(cut).stats()).channels.slice(0, 3).map(({ mean }) => mean);
}

test('an edit shows the pixels of its source, visibly changed, in the shape of the source', async () => {
	const image = await picture({ image_url: `${sourceOrigin}/wide.png` });
	const [red, green, blue] = await colorOf(image);
	expect(await sizeOf(image)).toEqual([160, 80]);
	expect(green).toBeGreaterThan(red! + 30);
	expect(green).toBeGreaterThan(blue! + 30);
	expect(green).toBeLessThan(250);
	expect(simulator.jobs[0]?.sources).toMatchObject([{ ok: true }]);
});

test('a data URL and a redirect lead to the source as well', async () => {
	const dataUrl = `data:image/png;base64,${(await flat('#0000ff')).toString('base64')}`;
	const byData = await picture({ image_url: dataUrl });
	const byRedirect = await picture({ image_url: `${sourceOrigin}/moved.png` });
	expect(await colorOf(byRedirect)).toEqual(await colorOf(byData));
	expect((await colorOf(byData))[2]).toBeGreaterThan(120);
});

test('several sources stand side by side in their order', async () => {
	const urls = [`${sourceOrigin}/blue.png`, `${sourceOrigin}/wide.png`];
	const image = await picture({ model: 'flux-2-pro', image_urls: urls });
	const [left, right] = [await colorOf(image, 0.2), await colorOf(image, 0.75)];
	expect(left[2]).toBeGreaterThan(left[1]!);
	expect(right[1]).toBeGreaterThan(right[2]!);
});

test('ten sources fit in one picture', async () => {
	const image_urls = Array.from({ length: 10 }, () => `${sourceOrigin}/blue.png`);
	expect(await sizeOf(await picture({ model: 'flux-2-pro', image_urls }))).toEqual([160, 160]);
	expect(simulator.jobs[0]?.sources).toHaveLength(10);
});

test.each([
	['gone.png', 'image_fetch_failed', 'Could not fetch image_url'],
	['page.html', 'invalid_image', 'image_url is not an image'],
])('a source that is %s fails the job and costs nothing', async (file, code, message) => {
	const job = await run(simulator, { image_url: `${sourceOrigin}/${file}` });
	expect(job).toMatchObject({ status: 'failed', error: { code, message }, charged_amount: null });
	expect(simulator.jobs[0]?.sources).toMatchObject([{ ok: false }]);
	expect(simulator.balanceUsd).toBe(1000);
});

test('a source on a port where nobody listens fails the job', async () => {
	const job = await run(simulator, { image_url: 'http://127.0.0.1:9/x.png' });
	expect(job.error?.code).toBe('image_fetch_failed');
});
