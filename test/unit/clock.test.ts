/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { deadlineIn, orWhenAborted, pause, remainingMs } from '../../nodes/shared/clock';

const never = new AbortController().signal;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** How long a wait takes on the faked clock, when it takes no longer than `withinMs`. */
async function measure(wait: Promise<void>, withinMs: number): Promise<number | undefined> {
	const startedAt = Date.now();
	let endedAt: number | undefined;
	void wait.then(() => (endedAt = Date.now()));
	await jest.advanceTimersByTimeAsync(withinMs);
	return endedAt === undefined ? undefined : endedAt - startedAt;
}

test.each([0, 1, 149, 150, 151, 1_000, 60_000])('a pause of %d ms takes just that', async (durationMs) => {
	await expect(measure(pause(durationMs, never), 70_000)).resolves.toBe(durationMs);
});

test.each([-1, NaN])('a pause of %d ms does not wait', async (durationMs) => {
	await expect(measure(pause(durationMs, never), 10_000)).resolves.toBe(0);
});

test('a pause ends within 150 ms of Stop and does not throw', async () => {
	const stop = new AbortController();
	setTimeout(() => stop.abort(), 1_000);
	const tookMs = await measure(pause(60_000, stop.signal), 70_000);
	expect(tookMs).toBeGreaterThanOrEqual(1_000);
	expect(tookMs).toBeLessThanOrEqual(1_150);
});

test('a pause after Stop does not begin', async () => {
	await expect(measure(pause(1_000, AbortSignal.abort()), 10_000)).resolves.toBe(0);
});

test('a deadline has its time left until it has passed, never less than none', async () => {
	const deadline = deadlineIn(500);
	expect(remainingMs(deadline)).toBe(500);
	await jest.advanceTimersByTimeAsync(200);
	expect(remainingMs(deadline)).toBe(300);
	await jest.advanceTimersByTimeAsync(1_000);
	expect(remainingMs(deadline)).toBe(0);
});

test('work that ends before Stop keeps its result', async () => {
	await expect(orWhenAborted(Promise.resolve('done'), never, 'stopped')).resolves.toBe('done');
});

test('work that fails before Stop keeps its failure', async () => {
	await expect(orWhenAborted(Promise.reject(new Error('broken')), never, 'stopped')).rejects.toThrow('broken');
});

test('work that never ends is left at Stop', async () => {
	const stop = new AbortController();
	const result = orWhenAborted(new Promise<string>(() => {}), stop.signal, 'stopped');
	stop.abort();
	await expect(result).resolves.toBe('stopped');
});

test('work that never ends is not begun to be waited for after Stop', async () => {
	await expect(orWhenAborted(new Promise<string>(() => {}), AbortSignal.abort(), 'stopped')).resolves.toBe('stopped');
});

test('nothing keeps listening for Stop once the work is over', async () => {
	const { signal } = new AbortController();
	const removed = jest.spyOn(signal, 'removeEventListener');
	await orWhenAborted(Promise.resolve(), signal, undefined);
	expect(removed).toHaveBeenCalledTimes(1);
});
