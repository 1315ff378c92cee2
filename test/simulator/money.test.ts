import { call, errorOf, jobOf, pollUntil, run, submit } from './driver';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0 });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

test.each([
	[{ model: 'imagen-4', n: 3 }, 0.162],
	[{ model: 'gpt-image-2', quality: 'low' }, 0.014],
	[{ model: 'gpt-image-2' }, 0.081],
	[{ model: 'gpt-image-2', quality: 'high', n: 4 }, 1.188],
	[{ model: 'imagen-4', quality: 'high' }, 0.054],
	[{ model: 'flux-2-pro' }, 0.041],
	[{ model: 'flux-2-pro', n: 4 }, 0.041],
	[{ model: 'flux-2-pro', size: '1536x1024' }, 0.061],
	[{ model: 'flux-2-pro', size: '4096x4096' }, 0.101],
])('%j is charged $%d', async (patch, usd) => {
	const job = await run(simulator, patch);
	expect([job.estimated_cost, job.charged_amount]).toEqual([usd, usd]);
	expect(simulator.balanceUsd).toBeCloseTo(1000 - usd, 6);
});

test('a running job holds its price without charging it', async () => {
	simulator.configure({ jobDurationMs: 60_000, balanceUsd: 1 });
	await submit(simulator, { n: 2 });
	const { body } = await call(simulator, '/v1/credits/balance');
	expect(body).toMatchObject({ balance: 1, held: 0.092, available: 0.908 });
	expect([simulator.heldUsd, simulator.chargedUsd]).toEqual([0.092, 0]);
});

test.each(['failed', 'refunded', 'expired', 'cancelled', 'error'])(
	'a job that ends %s gives the hold back and is never charged',
	async (status) => {
		simulator.addFault({ on: 'submit', kind: { type: 'job', status } });
		const job = await run(simulator);
		expect(job).toMatchObject({ status, output: null, charged_amount: null });
		expect(typeof job.error?.message).toBe('string');
		expect([simulator.balanceUsd, simulator.heldUsd]).toEqual([1000, 0]);
	},
);

test('what is held is not there for the next job', async () => {
	simulator.configure({ jobDurationMs: 60_000, balanceUsd: 0.1 });
	await submit(simulator, { n: 2 });
	const answer = await submit(simulator);
	expect([answer.status, errorOf(answer)]).toEqual([
		402,
		expect.objectContaining({ code: 'insufficient_credits', type: 'insufficient_credits' }),
	]);
});

test('the last cents can be spent', async () => {
	simulator.configure({ balanceUsd: 0.046 });
	expect(await run(simulator)).toMatchObject({ status: 'succeeded' });
	expect(simulator.balanceUsd).toBe(0);
	const { body } = await call(simulator, '/v1/auth/limits');
	expect(body).toMatchObject({ has_credits: false });
});

test('a replay costs nothing even when the balance is gone', async () => {
	simulator.configure({ balanceUsd: 0.046 });
	await run(simulator, { idempotency_key: 'k' });
	expect((await submit(simulator, { idempotency_key: 'k' })).status).toBe(200);
});

test('a job whose connection was reset after it was created is charged all the same', async () => {
	simulator.addFault({ on: 'submit', kind: { type: 'resetAfter' } });
	await expect(submit(simulator, { idempotency_key: 'k' })).rejects.toThrow();
	const replay = await submit(simulator, { idempotency_key: 'k' });
	expect(replay.status).toBe(200);
	await pollUntil(simulator, jobOf(replay).id, ({ status }) => status === 'succeeded');
	expect([simulator.jobs.length, simulator.chargedUsd]).toEqual([1, 0.046]);
});
