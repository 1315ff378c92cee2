import { call, errorOf, jobOf, poll, run, sleep, submit } from './driver';
import type { FaultKind } from './fault-kinds';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0 });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const onSubmit = (kind: FaultKind) => simulator.addFault({ on: 'submit', kind });

test('a status fault answers in the documented error shape with Retry-After', async () => {
	onSubmit({ type: 'status', status: 429, retryAfter: 3 });
	const answer = await submit(simulator);
	expect([answer.status, answer.headers['retry-after']]).toEqual([429, '3']);
	expect(errorOf(answer)).toMatchObject({ type: 'rate_limit', code: 'rate_limit_exceeded' });
	expect(simulator.jobs).toEqual([]);
});

test('a status fault takes its code, type, message and raw body from the test', async () => {
	onSubmit({ type: 'status', status: 400, code: 'odd', message: 'No', errorType: 'strange' });
	onSubmit({ type: 'status', status: 500, body: 'boom' });
	expect(errorOf(await submit(simulator))).toEqual({ code: 'odd', message: 'No', type: 'strange' });
	expect((await submit(simulator)).body).toBe('boom');
});

test('a 502 after the work leaves a job behind that a replay finds', async () => {
	onSubmit({ type: 'status', status: 502, afterWork: true });
	expect((await submit(simulator, { idempotency_key: 'k' })).status).toBe(502);
	expect((await submit(simulator, { idempotency_key: 'k' })).status).toBe(200);
	expect(simulator.jobs).toHaveLength(1);
});

test('a proxy page is HTML with status 200 and no job behind it', async () => {
	onSubmit({ type: 'html' });
	const answer = await submit(simulator);
	expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html']);
	expect(answer.body).toContain('<html>');
	expect(simulator.jobs).toEqual([]);
});

test('cut JSON has a good status, does not parse, and the job exists', async () => {
	onSubmit({ type: 'cutJson' });
	const answer = await submit(simulator);
	expect(answer.status).toBe(202);
	expect(answer.body).toMatch(/^\{"id":/);
	expect(simulator.jobs).toHaveLength(1);
});

test('an empty answer has no body, and a job behind it only when the status is good', async () => {
	onSubmit({ type: 'empty', status: 503 });
	onSubmit({ type: 'empty' });
	expect(await submit(simulator)).toMatchObject({ status: 503, body: '' });
	expect(simulator.jobs).toHaveLength(0);
	expect(await submit(simulator)).toMatchObject({ status: 200, body: '' });
	expect(simulator.jobs).toHaveLength(1);
});

test.each([
	['resetBefore', 0],
	['resetAfter', 1],
] as const)('%s breaks the connection and leaves %d jobs', async (type, jobs) => {
	onSubmit({ type });
	await expect(submit(simulator)).rejects.toMatchObject({ code: 'ECONNRESET' });
	expect(simulator.jobs).toHaveLength(jobs);
	expect(simulator.requests).toMatchObject([{ fault: type, body: { prompt: 'A red bicycle' } }]);
	expect(simulator.requests[0]).not.toHaveProperty('status');
});

test('a request that hangs is answered by nobody until the simulator closes', async () => {
	const other = await startSimulator();
	other.addFault({ on: 'limits', kind: { type: 'hang' } });
	const hanging = call(other, '/v1/auth/limits').then(
		() => 'answered',
		() => 'cut',
	);
	expect(await Promise.race([hanging, sleep(100).then(() => 'waiting')])).toBe('waiting');
	await other.close();
	expect(await hanging).toBe('cut');
});

test('delays add up and go together with another fault', async () => {
	simulator.addFault({ on: 'balance', kind: { type: 'delay', ms: 60 } });
	simulator.addFault({ on: 'balance', kind: { type: 'delay', ms: 60 } });
	simulator.addFault({ on: 'balance', kind: { type: 'status', status: 500 } });
	const start = performance.now();
	expect((await call(simulator, '/v1/credits/balance')).status).toBe(500);
	expect(performance.now() - start).toBeGreaterThanOrEqual(115);
	expect(simulator.requests).toMatchObject([{ fault: 'delay+delay+status' }]);
});

test('a redirect names its target and follows nobody', async () => {
	simulator.addFault({ on: 'pricing', kind: { type: 'redirect', to: 'http://elsewhere.test/x' } });
	const answer = await call(simulator, '/v1/pricing');
	expect([answer.status, answer.headers.location]).toEqual([302, 'http://elsewhere.test/x']);
});

test.each([[null], [[]], [42], ['text'], [{ status: { deep: [] } }]])('any JSON can stand in for an answer: %j', async (body) => {
	simulator.addFault({ on: 'poll', kind: { type: 'body', body } });
	expect((await poll(simulator, 'x')).body).toEqual(body);
});

test('a poll that fails does not disturb its job', async () => {
	const { id } = await run(simulator);
	simulator.addFault({ on: 'poll', kind: { type: 'resetBefore' } });
	await expect(poll(simulator, id)).rejects.toThrow();
	expect(jobOf(await poll(simulator, id)).status).toBe('succeeded');
});
