import { call, submit } from './driver';
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

test('faults strike in the order they were added, once each', async () => {
	onSubmit({ type: 'status', status: 503 });
	onSubmit({ type: 'status', status: 500 });
	const statuses = [];
	for (let left = 3; left > 0; left -= 1) statuses.push((await submit(simulator)).status);
	expect(statuses).toEqual([503, 500, 202]);
});

test('skip lets the first pass, times counts the strikes, match chooses', async () => {
	simulator.addFault({
		...{ on: 'submit', kind: { type: 'status', status: 500 }, skip: 1, times: 2, name: 'mine' },
		match: ({ body }) => (body as { prompt: string }).prompt === 'bad',
	});
	const statuses = [];
	for (const prompt of ['bad', 'good', 'bad', 'good', 'bad', 'bad']) {
		statuses.push((await submit(simulator, { prompt })).status);
	}
	expect(statuses).toEqual([202, 202, 500, 202, 500, 202]);
	expect(simulator.requests.filter(({ fault }) => fault === 'mine')).toHaveLength(2);
});

test('a rate strikes about that share, the same requests for the same seed', async () => {
	const strikes = async () => {
		simulator.reset();
		simulator.addFault({ on: 'pricing', kind: { type: 'status', status: 500 }, rate: 0.3 });
		for (let left = 100; left > 0; left -= 1) await call(simulator, '/v1/pricing');
		return simulator.requests.map(({ status }) => status);
	};
	const first = await strikes();
	expect(first.filter((status) => status === 500).length).toBeGreaterThan(15);
	expect(first.filter((status) => status === 500).length).toBeLessThan(45);
	expect(await strikes()).toEqual(first);
});

test('a fault can be taken away, and all of them at once', async () => {
	const remove = simulator.addFault({ on: 'submit', kind: { type: 'html' }, times: Infinity });
	expect((await submit(simulator)).status).toBe(200);
	remove();
	expect((await submit(simulator)).status).toBe(202);
	onSubmit({ type: 'html' });
	simulator.clearFaults();
	expect((await submit(simulator)).status).toBe(202);
});

test('a fault that is misspelt or misplaced is refused when it is added', () => {
	const add = (fault: unknown) => () => simulator.addFault(fault as never);
	expect(add({ on: 'poll', kind: { type: 'htm' } })).toThrow('kind.type');
	expect(add({ on: 'pol', kind: { type: 'html' } })).toThrow('on');
	expect(add({ on: 'poll', kind: { type: 'lateOutput', ms: 1 } })).toThrow('submit');
	expect(add({ on: 'submit', kind: { type: 'cutOff' } })).toThrow('image');
});
