/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import fc from 'fast-check';

import { createLimiter, createSlots } from '../../nodes/shared/limiter';

const never = new AbortController().signal;
const settle = async () => await new Promise<void>((resolve) => setImmediate(resolve));

/** Takes `count` places at once. */
async function take(slots: { acquire: () => Promise<void> }, count: number): Promise<void> {
	await Promise.all(Array.from({ length: count }, async () => await slots.acquire()));
}

type Step = 'acquire' | 'reacquire' | 'release' | { resize: number };
const steps = fc.array(
	fc.oneof(
		{ weight: 4, arbitrary: fc.constant<Step>('acquire') },
		{ weight: 1, arbitrary: fc.constant<Step>('reacquire') },
		{ weight: 3, arbitrary: fc.constant<Step>('release') },
		{ weight: 1, arbitrary: fc.double({ min: 1, max: 6, noNaN: true }).map((resize): Step => ({ resize })) },
	),
	{ maxLength: 60, size: 'max' },
);

/** Plays steps on real places and on a plain list, which says who should hold a place now. */
async function play(schedule: Step[], initialSize: number) {
	const slots = createSlots(initialSize);
	const admitted: number[] = [];
	const model = { ahead: [] as number[], queue: [] as number[], admitted: [] as number[], taken: 0, size: initialSize };
	const most: number[] = [];
	for (const [id, step] of schedule.entries()) {
		if (step === 'release' && model.taken === 0) continue;
		if (step === 'acquire') model.queue.push(id);
		if (step === 'reacquire') model.ahead.push(id);
		if (step === 'release') model.taken -= 1;
		if (typeof step === 'object') model.size = step.resize;
		while (model.taken < Math.floor(model.size) && model.ahead.length + model.queue.length > 0) {
			model.admitted.push((model.ahead.shift() ?? model.queue.shift()) as number);
			model.taken += 1;
		}
		if (typeof step === 'object') slots.resize(step.resize);
		else if (step === 'release') slots.release();
		else void slots[step]().then(() => admitted.push(id));
		most.push(slots.taken - model.taken);
	}
	await settle();
	return { admitted, model, slots, most };
}

test('places are handed out in order, never too many, and never forgotten, whatever the schedule', async () => {
	await fc.assert(
		fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (schedule, size) => {
			const { admitted, model, slots, most } = await play(schedule, size);
			expect(admitted).toEqual(model.admitted);
			expect(most.every((difference) => difference === 0)).toBe(true);
			expect([slots.taken, slots.size]).toEqual([model.taken, model.size]);
		}),
	);
});

test('everyone gets a place in the end, in the order of asking', async () => {
	const slots = createSlots(3);
	const order: number[] = [];
	let most = 0;
	const work = async (id: number) => {
		await slots.acquire();
		order.push(id);
		most = Math.max(most, slots.taken);
		await settle();
		slots.release();
	};
	await Promise.all(Array.from({ length: 50 }, async (_, id) => await work(id)));
	expect(order).toEqual([...order.keys()]);
	expect([most, slots.taken]).toEqual([3, 0]);
});

test('places beyond a smaller size are given up one by one, and nobody new gets in before', async () => {
	const slots = createSlots(4);
	await take(slots, 4);
	slots.resize(2);
	let isIn = false;
	void slots.acquire().then(() => (isIn = true));
	for (const expected of [false, false, true]) {
		slots.release();
		await settle();
		expect(isIn).toBe(expected);
	}
});

test.each([1, 2, 3, 4, 8, 100])('a run of at most %d jobs starts with no more than four', (maxConcurrency) => {
	expect(createLimiter(maxConcurrency).size).toBe(Math.min(4, maxConcurrency));
});

test('accepted submits open the window one by one up to Max Concurrency and no further', () => {
	const limiter = createLimiter(8);
	const sizes = Array.from({ length: 10 }, () => (limiter.onAccepted(), limiter.size));
	expect(sizes).toEqual([5, 6, 7, 8, 8, 8, 8, 8, 8, 8]);
});

test('a 429 takes the window to three quarters of the jobs that Kyma did take', async () => {
	const limiter = createLimiter(8);
	Array.from({ length: 8 }, () => limiter.onAccepted());
	await take(limiter, 8);
	limiter.onThrottled(Date.now());
	expect(limiter.size).toBe(7 * 0.75);
});

test('all answers of one round count as one 429', async () => {
	let now = 1_000;
	const limiter = createLimiter(8, () => now);
	await take(limiter, 4);
	const sentAt = now;
	now += 50;
	limiter.onThrottled(sentAt);
	const { size } = limiter;
	limiter.onThrottled(sentAt);
	limiter.onThrottled(sentAt + 10);
	expect(limiter.size).toBe(size);
	limiter.onThrottled(now + 1);
	expect(limiter.size).toBeLessThan(size);
});

test('the window never falls below one job, however many 429s come', () => {
	let now = 0;
	const limiter = createLimiter(8, () => (now += 10));
	Array.from({ length: 50 }, () => limiter.onThrottled(now));
	expect(limiter.size).toBe(1);
});

test('the window grows back after a 429, more carefully than at first', async () => {
	const limiter = createLimiter(8);
	await take(limiter, 4);
	limiter.onThrottled(Date.now());
	const shrunk = limiter.size;
	limiter.onAccepted();
	expect(limiter.size - shrunk).toBeCloseTo(1 / (2 * shrunk));
	Array.from({ length: 200 }, () => limiter.onAccepted());
	expect(limiter.size).toBe(8);
});

test('ten seconds after the last 429 the window opens as at first: who filled the account may be done', async () => {
	let now = 0;
	const limiter = createLimiter(8, () => now);
	await take(limiter, 4);
	limiter.onThrottled(now);
	const shrunk = limiter.size;
	now = 9_999;
	limiter.onAccepted();
	const careful = limiter.size;
	expect(careful - shrunk).toBeLessThan(1);
	now = 10_000;
	limiter.onAccepted();
	expect(limiter.size).toBe(careful + 1);
});

test('the window stays between one and Max Concurrency under any mix of answers', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.boolean(), { maxLength: 100, size: 'max' }), (maxConcurrency, answers) => {
			let now = 0;
			const limiter = createLimiter(maxConcurrency, () => (now += 10));
			const sizes = answers.map((isAccepted) => {
				if (isAccepted) limiter.onAccepted();
				else limiter.onThrottled(now);
				return limiter.size;
			});
			expect(sizes.filter((size) => size < 1 || size > maxConcurrency)).toEqual([]);
		}),
	);
});

test('a refused submit gives its place back and is the next to get one', async () => {
	const limiter = createLimiter(1);
	const order: string[] = [];
	await limiter.acquire();
	void limiter.acquire().then(() => order.push('waiting'));
	void limiter.requeue().then(() => order.push('refused'));
	await settle();
	expect([order, limiter.taken]).toEqual([['refused'], 1]);
	limiter.release();
	await settle();
	expect(order).toEqual(['refused', 'waiting']);
});

test('submits that are refused one after the other get their places back in that order', async () => {
	const limiter = createLimiter(3);
	const order: string[] = [];
	await take(limiter, 3);
	limiter.resize(1);
	for (const name of ['first', 'second', 'third']) void limiter.requeue().then(() => order.push(name));
	for (let done = 0; done < 3; done += 1) {
		await settle();
		limiter.release();
	}
	expect(order).toEqual(['first', 'second', 'third']);
});

test('refused submits leave places to nobody else when the window has shrunk below them', async () => {
	const limiter = createLimiter(4);
	await take(limiter, 4);
	limiter.onThrottled(Date.now());
	let back = 0;
	const requeued = Array.from({ length: 4 }, async () => await limiter.requeue().then(() => (back += 1)));
	await settle();
	expect([limiter.taken, back]).toEqual([2, 2]);
	limiter.release();
	limiter.release();
	await Promise.all(requeued);
	expect(limiter.taken).toBe(2);
});

test('a 429 holds the whole run back for as long as Kyma says', async () => {
	const limiter = createLimiter(4);
	const startedAt = Date.now();
	limiter.onThrottled(startedAt, 300);
	await limiter.untilOpen(startedAt + 10_000, never);
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(300);
	expect(Date.now() - startedAt).toBeLessThan(600);
});

test('an earlier end does not shorten a hold', async () => {
	const limiter = createLimiter(4);
	const startedAt = Date.now();
	limiter.onThrottled(startedAt, 300);
	limiter.onThrottled(startedAt, 0);
	await limiter.untilOpen(startedAt + 10_000, never);
	expect(Date.now() - startedAt).toBeGreaterThanOrEqual(300);
});

test('a run that is not held back does not wait', async () => {
	const startedAt = Date.now();
	await createLimiter(4).untilOpen(startedAt + 10_000, never);
	expect(Date.now() - startedAt).toBeLessThan(50);
});

test('the hold ends with the deadline of the job that waits', async () => {
	const limiter = createLimiter(4);
	const startedAt = Date.now();
	limiter.onThrottled(startedAt, 60_000);
	await limiter.untilOpen(startedAt + 100, never);
	expect(Date.now() - startedAt).toBeLessThan(400);
});

test('Stop ends the hold within 300 ms', async () => {
	const limiter = createLimiter(4);
	limiter.onThrottled(Date.now(), 60_000);
	const stop = new AbortController();
	const held = limiter.untilOpen(Date.now() + 60_000, stop.signal);
	const stoppedAt = Date.now();
	stop.abort();
	await held;
	expect(Date.now() - stoppedAt).toBeLessThan(300);
});

test('a hold is a minute at most, whatever Kyma asks for', async () => {
	jest.useFakeTimers();
	const limiter = createLimiter(4);
	limiter.onThrottled(Date.now(), 86_400_000);
	const startedAt = Date.now();
	const held = limiter.untilOpen(startedAt + 1e9, never).then(() => Date.now() - startedAt);
	await jest.advanceTimersByTimeAsync(61_000);
	await expect(held).resolves.toBe(60_000);
	jest.useRealTimers();
});
