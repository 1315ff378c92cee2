import { call, run, submit } from './driver';
import { startSimulator } from './index';
import { MODELS } from './models';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0, tier: 3 });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

type Row = Record<string, unknown> & { id: string };

test('pricing needs no key, is cacheable, and mixes images with other media', async () => {
	const { headers, body } = await call(simulator, '/v1/pricing', { key: null });
	const { media, media_count: count } = body as { media: Row[]; media_count: number };
	expect(headers['cache-control']).toContain('max-age=60');
	expect(count).toBe(media.length);
	expect(new Set(media.map(({ modality }) => modality))).toEqual(new Set(['image', 'video', 'audio']));
	expect(media.filter(({ modality }) => modality === 'image')).toHaveLength(MODELS.length);
});

test('pricing and registry name every model alike', async () => {
	const pricing = await call(simulator, '/v1/pricing', { key: null });
	const registry = await call(simulator, '/registry/image-models.json', { key: null });
	const priced = (pricing.body as { media: Row[] }).media.filter((row) => row.modality === 'image');
	const listed = (registry.body as { models: Row[] }).models;
	expect(listed.map(({ id }) => id)).toEqual(priced.map(({ id }) => id));
});

test('every listed model can be submitted, and takes an image exactly when the registry says so', async () => {
	const { body } = await call(simulator, '/registry/image-models.json', { key: null });
	const { models } = body as { models: (Row & { input_modalities: string[] })[] };
	const image_url = 'data:image/png;base64,AAAA';
	const answers = await Promise.all(models.map(async ({ id }) => (await submit(simulator, { model: id, image_url })).status));
	const takesImage = models.map((model) => model.input_modalities.includes('image'));
	expect(answers).toEqual(takesImage.map((takes) => (takes ? 202 : 400)));
	expect(takesImage).toEqual(models.map(({ id }) => MODELS.some((row) => row.id === id && row.sources > 0)));
});

test('the registry is not served under /v1', async () => {
	const answer = await call(simulator, '/v1/registry/image-models.json', { key: null });
	expect(answer.status).toBe(404);
});

test('the tier matrix is public; tier 4 counts image and video together', async () => {
	const { body } = await call(simulator, '/v1/limits/tiers', { key: null });
	const { tiers } = body as { tiers: Record<string, number>[] };
	expect(tiers[0]).toMatchObject({ rpm: 30, image_concurrent: 2, image_queue_depth_cap: 6 });
	expect(tiers[4]).toMatchObject({ combined_media_concurrent: 38, combined_queue_depth_cap: 114 });
	expect(tiers[4]).not.toHaveProperty('image_concurrent');
});

test('limits count the requests of this key', async () => {
	await run(simulator);
	const { body } = await call(simulator, '/v1/auth/limits');
	expect(body).toMatchObject({
		...{ rpm_limit: 200, rpm_used: 1, rpm_remaining: 199 },
		...{ has_credits: true, used_today: 1 },
	});
});

test('every request is recorded in order with route, headers, body, status and job', async () => {
	const { id } = await run(simulator, { idempotency_key: 'k' });
	await call(simulator, '/v1/pricing?x=1', { key: null });
	const [first, ...others] = simulator.requests;
	expect(first).toMatchObject({
		...{ host: 'api', route: 'submit', method: 'POST', status: 202, jobId: id },
		headers: { authorization: 'Bearer ky-simulator-key' },
		body: { idempotency_key: 'k' },
	});
	expect(others[0]).toMatchObject({ route: 'poll', status: 200, jobId: id });
	expect(others.at(-1)).toMatchObject({ route: 'pricing', path: '/v1/pricing?x=1' });
	expect(first!.finishedAt).toBeGreaterThan(first!.at);
});

test('an option that makes no sense is refused by name', async () => {
	await expect(startSimulator({ tier: 7 as never })).rejects.toThrow('tier');
	await expect(startSimulator({ sped: 1 } as never)).rejects.toThrow('sped');
});
