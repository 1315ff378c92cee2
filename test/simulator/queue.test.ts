import { errorOf, jobOf, poll, pollUntil, sleep, submit } from './driver';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ apiKeys: ['ky-one', 'ky-two'] });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const submitMany = async (count: number, key?: string) =>
	await Promise.all(Array.from({ length: count }, async () => await submit(simulator, {}, key)));
const statuses = () => simulator.jobs.map(({ status }) => status);

test('tier 0 runs two jobs at once, the others wait their turn', async () => {
	simulator.configure({ tier: 0, jobDurationMs: 400 });
	const answers = await submitMany(4);
	expect(statuses()).toEqual(['processing', 'processing', 'pending', 'pending']);
	await pollUntil(simulator, jobOf(answers[2]!).id, ({ status }) => status !== 'pending');
	expect(statuses()[0]).toBe('succeeded');
	expect(statuses().filter((status) => status === 'processing').length).toBeLessThanOrEqual(2);
});

test('beyond the queue a submit is refused with 429 and Retry-After, and nothing is held', async () => {
	simulator.configure({ tier: 0, jobDurationMs: 60_000 });
	await submitMany(8);
	const answer = await submit(simulator);
	expect([answer.status, errorOf(answer).code]).toEqual([429, 'queue_full']);
	expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
	expect([simulator.jobs.length, simulator.heldUsd]).toEqual([8, 0.368]);
});

test('a full queue of one API key does not stand in the way of another', async () => {
	simulator.configure({ tier: 0, jobDurationMs: 60_000 });
	await submitMany(8, 'ky-one');
	expect((await submit(simulator, {}, 'ky-two')).status).toBe(202);
});

test('a higher tier starts what was waiting', async () => {
	simulator.configure({ tier: 0, jobDurationMs: 60_000 });
	await submitMany(5);
	simulator.configure({ tier: 1 });
	expect(statuses()).toEqual(Array.from({ length: 5 }, () => 'processing'));
});

test('tier 4 takes 38 and 114 and not one more', async () => {
	simulator.configure({ jobDurationMs: 60_000 });
	const answers = await submitMany(153);
	expect(answers.filter(({ status }) => status === 202)).toHaveLength(152);
	expect(statuses().filter((status) => status === 'processing')).toHaveLength(38);
});

test('requests per minute are counted, and enforced only when asked', async () => {
	simulator.configure({ tier: 1, speed: 0 });
	for (let left = 3; left > 0; left -= 1) await submitMany(25);
	expect(simulator.requests.map(({ status }) => status)).not.toContain(429);
	simulator.configure({ enforceRpm: true, tier: 4 });
	const answers = await submitMany(226);
	const refused = answers.filter(({ status }) => status === 429);
	expect(refused.map((answer) => errorOf(answer).code)).toContain('rate_limit_exceeded');
	expect(Number(refused.at(-1)?.headers['retry-after'])).toBeGreaterThan(20);
});

test('latency follows the model and the speed', async () => {
	simulator.configure({ speed: 0.005 });
	const { id } = jobOf(await submit(simulator, { model: 'gpt-image-2', quality: 'high' }));
	await sleep(150);
	expect(jobOf(await poll(simulator, id)).status).toBe('processing');
	await pollUntil(simulator, id, ({ status }) => status === 'succeeded');
	const { createdAt, completedAt } = simulator.jobs[0]!;
	const tookMs = Date.parse(completedAt!) - Date.parse(createdAt);
	expect(tookMs).toBeGreaterThanOrEqual(0.005 * 54_000 - 5);
	expect(tookMs).toBeLessThan(0.005 * 66_000 + 3000);
});

test('a reset forgets jobs, requests, faults and settings, even with jobs on the way', async () => {
	const { jobs, requests } = simulator;
	simulator.configure({ tier: 0, jobDurationMs: 30, balanceUsd: 5 });
	simulator.addFault({ on: 'poll', kind: { type: 'status', status: 500 }, times: 9 });
	await submitMany(3);
	simulator.reset();
	await sleep(60);
	expect([jobs, requests]).toEqual([[], []]);
	expect([simulator.balanceUsd, simulator.heldUsd, simulator.chargedUsd]).toEqual([1000, 0, 0]);
	const { id } = jobOf(await submit(simulator));
	expect((await poll(simulator, id)).status).toBe(200);
});

test('the same seed makes the same job ids', async () => {
	const first = jobOf(await submit(simulator)).id;
	simulator.reset();
	expect(jobOf(await submit(simulator)).id).toBe(first);
	simulator.reset();
	const other = await startSimulator({ seed: 2 });
	expect(jobOf(await submit(other)).id).not.toBe(first);
	await other.close();
});
