import sharp from 'sharp';
import { request } from 'undici';
import { download, run, sleep } from './driver';
import type { FaultKind } from './fault-kinds';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0, imageLongSidePx: 64 });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const onImage = (kind: FaultKind) => simulator.addFault({ on: 'image', kind });
const imageUrl = async (patch: object = {}) => (await run(simulator, patch)).output!.url!;
const [lastRequest, fetches] = [() => simulator.requests.at(-1), () => simulator.jobs.map(({ imageFetches }) => imageFetches)];

test('images come from another origin, with type and length, the same bytes each time', async () => {
	const url = await imageUrl();
	const [first, second] = [await download(url), await download(url)];
	expect(new URL(url).origin).toBe(simulator.imageOrigin);
	expect(new URL(url).origin).not.toBe(simulator.origin);
	expect(first.headers).toMatchObject({
		'content-type': 'image/png',
		'content-length': String(first.bytes.length),
	});
	expect(second.bytes.equals(first.bytes)).toBe(true);
	expect((await simulator.imageFor(simulator.jobs[0]!.id)).equals(first.bytes)).toBe(true);
	expect(fetches()).toEqual([2]);
});

test('a key that leaks to the image host shows in the record', async () => {
	const url = await imageUrl();
	await download(url);
	expect(lastRequest()?.headers).not.toHaveProperty('authorization');
	const answer = await request(url, { headers: { authorization: 'Bearer ky-leak' } });
	await answer.body.dump();
	expect(lastRequest()).toMatchObject({
		...{ host: 'image', route: 'image', jobId: simulator.jobs[0]!.id },
		headers: { authorization: 'Bearer ky-leak' },
	});
});

test('an unknown image, a job without one, and the API’s paths are not found here', async () => {
	const url = await imageUrl();
	expect((await download(url.replace('/0.png', '/1.png'))).status).toBe(404);
	expect((await download(`${simulator.imageOrigin}/images/${'f'.repeat(24)}/0.png`)).status).toBe(404);
	expect((await download(`${simulator.imageOrigin}/v1/pricing`)).status).toBe(404);
});

test('a HEAD request is no delivery', async () => {
	const answer = await request(await imageUrl(), { method: 'HEAD' });
	expect(Number(answer.headers['content-length'])).toBeGreaterThan(500);
	expect(fetches()).toEqual([0]);
});

test.each([
	[{ type: 'status', status: 404 } as const, 404],
	[{ type: 'status', status: 503, retryAfter: 1 } as const, 503],
	[{ type: 'redirect', to: '/elsewhere', status: 307 } as const, 307],
])('the image host can answer %j', async (kind, status) => {
	const url = await imageUrl();
	onImage(kind);
	expect((await download(url)).status).toBe(status);
	expect(fetches()).toEqual([0]);
	expect((await download(url)).status).toBe(200);
});

test.each(['resetBefore', 'resetAfter'] as const)('%s breaks a download', async (type) => {
	const url = await imageUrl();
	onImage({ type });
	await expect(download(url)).rejects.toThrow();
	expect(fetches()).toEqual([0]);
});

test('an image cut off announces the whole length and ends before it', async () => {
	const url = await imageUrl();
	onImage({ type: 'cutOff', fraction: 0.25 });
	const answer = await request(url);
	const whole = (await simulator.imageFor(simulator.jobs[0]!.id)).length;
	expect(answer.headers['content-length']).toBe(String(whole));
	await expect(answer.body.arrayBuffer()).rejects.toThrow();
	expect(fetches()).toEqual([0]);
});

test('an image cut off without a length breaks its chunked answer', async () => {
	const url = await imageUrl();
	onImage({ type: 'cutOffChunked' });
	const answer = await request(url);
	expect(answer.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
	expect(answer.headers).not.toHaveProperty('content-length');
	await expect(answer.body.arrayBuffer()).rejects.toThrow();
});

test('a slow image arrives whole, at about the speed asked for', async () => {
	const url = await imageUrl();
	const whole = await simulator.imageFor(simulator.jobs[0]!.id);
	onImage({ type: 'slow', bytesPerSecond: whole.length * 4 });
	const start = performance.now();
	const { bytes } = await download(url);
	expect(bytes.equals(whole)).toBe(true);
	expect(performance.now() - start).toBeGreaterThan(150);
	expect(fetches()).toEqual([1]);
});

test('a client that leaves a slow download is no delivery', async () => {
	const url = await imageUrl();
	onImage({ type: 'slow', bytesPerSecond: 400 });
	const answer = await request(url);
	answer.body.on('error', () => {}).destroy();
	await sleep(100);
	expect(fetches()).toEqual([0]);
	expect(lastRequest()?.finishedAt).toBeDefined();
});

test('a wrong content type comes with the right bytes', async () => {
	const url = await imageUrl();
	onImage({ type: 'wrongType', contentType: 'text/plain' });
	const { headers, bytes } = await download(url);
	expect(headers['content-type']).toBe('text/plain');
	expect((await sharp(bytes).metadata()).format).toBe('png');
});

test.each([
	['text/html', '<html>Sorry</html>'],
	['application/json', '{"error":"gone"}'],
	['image/png', ''],
	['image/png', Buffer.from('89504e470d0a1a0a0000', 'hex')],
])('something else can come instead of an image: %s %j', async (contentType, body) => {
	const url = await imageUrl();
	onImage({ type: 'content', contentType, body });
	const { status, headers, bytes } = await download(url);
	expect([status, headers['content-type']]).toEqual([200, contentType]);
	expect(bytes.equals(Buffer.from(body))).toBe(true);
	expect(fetches()).toEqual([0]);
});
