import { pause } from '../../nodes/shared/clock';
import { createLimiter } from '../../nodes/shared/limiter';
import { submitJob } from '../../nodes/shared/submit';
import { buildSession } from './session';

const REQUEST = { model: 'nano-banana', prompt: 'A red bicycle' };
const refused = { statusCode: 429, headers: { 'retry-after': '1' }, body: {} };
const never = new AbortController().signal;

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

test('a refused submit whose place comes back after its Timeout is not sent again', async () => {
	let asked = 0;
	const session = { ...buildSession(() => ((asked += 1), refused)), limiter: createLimiter(2) };
	await Promise.all([session.limiter.acquire(), session.limiter.acquire()]);
	const submitted = submitJob(session, REQUEST, 'key', Date.now() + 5_000);
	const outcome = expect(submitted).rejects.toMatchObject({ kind: 'rateLimited', charged: false });
	void pause(60_000, never).then(() => session.limiter.release());
	await jest.advanceTimersByTimeAsync(120_000);
	await outcome;
	expect(asked).toBe(1);
});

test('a submit that was held back may take what is left of its Timeout, not what was left before', async () => {
	const timeouts: number[] = [];
	const session = buildSession(() => ({ body: { id: 'f3a9', status: 'pending' } }));
	const { helpers } = session.context;
	const ask = helpers.httpRequestWithAuthentication;
	helpers.httpRequestWithAuthentication = async function (...args) {
		timeouts.push(args[1].timeout ?? 0);
		return (await ask.apply(this, args)) as unknown;
	};
	session.limiter.onThrottled(Date.now(), 6_000);
	const submitted = submitJob(session, REQUEST, 'key', Date.now() + 10_000);
	await jest.advanceTimersByTimeAsync(7_000);
	await expect(submitted).resolves.toMatchObject({ id: 'f3a9' });
	expect(timeouts).toEqual([4_000]);
});
