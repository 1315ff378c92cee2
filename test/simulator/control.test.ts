import { request } from 'undici';
import { call, download, run, submit } from './driver';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0 });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const post = async (path: string, json: unknown) => await call(simulator, `/simulator/${path}`, { method: 'POST', key: null, json });
const read = async (path: string) => await call(simulator, `/simulator/${path}`, { key: null });

test('state and requests can be read from another process, and are not recorded', async () => {
	const { id } = await run(simulator);
	expect((await read('state')).body).toMatchObject({
		...{ jobs: [{ id, status: 'succeeded' }], chargedUsd: 0.046, heldUsd: 0 },
		balanceUsd: 999.954,
	});
	expect((await read('requests')).body).toMatchObject([{ route: 'submit' }, { route: 'poll' }]);
	expect(simulator.requests.some(({ route }) => route === 'other')).toBe(false);
});

test('faults come and go as JSON', async () => {
	const fault = { on: 'submit', kind: { type: 'status', status: 503 }, times: 'Infinity' };
	expect((await post('faults', fault)).status).toBe(200);
	expect((await submit(simulator)).status).toBe(503);
	expect((await submit(simulator)).status).toBe(503);
	await (await request(`${simulator.origin}/simulator/faults`, { method: 'DELETE' })).body.dump();
	expect((await submit(simulator)).status).toBe(202);
});

test('a fault or a setting that makes no sense is refused with a sentence', async () => {
	const fault = await post('faults', { on: 'submit', kind: { type: 'nonsense' } });
	expect([fault.status, JSON.stringify(fault.body)]).toEqual([400, expect.stringContaining('kind')]);
	const setting = await post('configure', { tier: 9 });
	expect([setting.status, JSON.stringify(setting.body)]).toEqual([400, expect.stringContaining('tier')]);
	expect((await post('faults', undefined)).status).toBe(400);
});

test('settings change while it runs, and null takes a setting back', async () => {
	await post('configure', { jobDurationMs: 60_000 });
	await submit(simulator);
	await post('configure', { jobDurationMs: null });
	expect((await run(simulator)).status).toBe('succeeded');
	expect(simulator.jobs[0]?.status).toBe('processing');
});

test('the exact bytes of an image can be read without counting as a delivery', async () => {
	const { id, output } = await run(simulator);
	const { bytes } = await download(`${simulator.origin}/simulator/images/${id}/0`);
	expect(bytes.equals((await download(output!.url!)).bytes)).toBe(true);
	expect(simulator.jobs[0]?.imageFetches).toBe(1);
	expect((await read(`images/${id}/1`)).status).toBe(404);
});

test('a reset over HTTP forgets the jobs', async () => {
	await run(simulator);
	await post('reset', {});
	expect(simulator.jobs).toEqual([]);
});
