import { call, errorOf, jobOf, poll, run, submit } from './driver';
import { startSimulator } from './index';
import type { Simulator } from './types';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ speed: 0, apiKeys: ['ky-one', 'ky-two'] });
});
beforeEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const SOURCE = 'https://example.com/cat.png';
const sources = (count: number) => Array.from({ length: count }, () => SOURCE);

test('a new job answers 202 with the documented fields, pending and uncharged', async () => {
	const answer = await submit(simulator);
	expect(answer.status).toBe(202);
	expect(answer.body).toEqual({
		id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
		object: 'image.job',
		status: 'pending',
		model: 'nano-banana',
		created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
		completed_at: null,
		output: null,
		error: null,
		estimated_cost: 0.046,
		charged_amount: null,
	});
});

test.each([
	['no prompt', { prompt: undefined }, 400, 'prompt_required'],
	['a blank prompt', { prompt: '  ' }, 400, 'prompt_required'],
	['4001 characters', { prompt: 'x'.repeat(4001) }, 400, 'prompt_too_long'],
	['a prompt that is a number', { prompt: 7 }, 400, 'invalid_prompt'],
	['no model', { model: undefined }, 400, 'model_required'],
	['an unknown model', { model: 'dall-e-9' }, 404, 'model_not_found'],
	['n of 0', { n: 0 }, 400, 'invalid_n'],
	['n of 5', { n: 5 }, 400, 'invalid_n'],
	['n of 1.5', { n: 1.5 }, 400, 'invalid_n'],
	['n as a string', { n: '2' }, 400, 'invalid_n'],
	['an unknown quality', { model: 'gpt-image-2', quality: 'best' }, 400, 'invalid_quality'],
	['a size that is a number', { size: 1024 }, 400, 'invalid_size'],
	['extra as a list', { extra: [] }, 400, 'invalid_extra'],
	['a key of 129 characters', { idempotency_key: 'k'.repeat(129) }, 400, 'invalid_idempotency_key'],
	['an edit without a source', { model: 'flux-kontext-pro' }, 400, 'image_url_required'],
	['a source for a text model', { model: 'imagen-4', image_url: SOURCE }, 400, 'image_not_supported'],
	['a list for nano-banana', { image_urls: sources(1) }, 400, 'image_urls_not_supported'],
	['two for kontext', { model: 'flux-kontext-pro', image_urls: sources(2) }, 400, 'too_many_references'],
	['eleven references', { model: 'flux-2-pro', image_urls: sources(11) }, 400, 'too_many_references'],
	['a list of numbers', { model: 'flux-2-pro', image_urls: [1] }, 400, 'invalid_image_urls'],
	['a file address', { image_url: 'file:///etc/passwd' }, 400, 'invalid_image_url'],
	['a data URL of text', { image_url: 'data:text/plain,hello' }, 400, 'invalid_image_url'],
])('%s is refused and creates no job', async (_, patch, status, code) => {
	const answer = await submit(simulator, patch);
	expect([answer.status, errorOf(answer).code]).toEqual([status, code]);
	expect(simulator.jobs).toEqual([]);
	expect(simulator.heldUsd).toBe(0);
});

test('a body that is not JSON is refused', async () => {
	const path = '/v1/images/generations';
	const answer = await call(simulator, path, { method: 'POST', raw: '{"model":' });
	expect([answer.status, errorOf(answer).code]).toEqual([400, 'invalid_json']);
});

test('data URLs are refused when the simulator is told that the API does not take them', async () => {
	simulator.configure({ refuseDataUrls: true });
	const answer = await submit(simulator, { image_url: 'data:image/png;base64,AAAA' });
	expect(errorOf(answer).code).toBe('invalid_image_url');
});

test.each([
	['no key', null, 'missing_api_key'],
	['an unknown key', 'ky-three', 'invalid_api_key'],
	['an MCP key', 'km-123', 'mcp_key_refused'],
])('%s is refused with 401 on every private route', async (_, key, code) => {
	const paths = ['/v1/auth/limits', '/v1/credits/balance', '/v1/jobs/abc'];
	const answers = await Promise.all(paths.map(async (path) => await call(simulator, path, { key })));
	expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
	expect(answers.map((answer) => errorOf(answer).code)).toEqual([code, code, code]);
});

test('the same idempotency key answers 200 with the same job and never charges twice', async () => {
	const job = await run(simulator, { idempotency_key: 'once' });
	const again = await submit(simulator, {
		idempotency_key: 'once',
		prompt: 'Something else',
		n: 4,
	});
	expect(again.status).toBe(200);
	expect(again.body).toMatchObject({ id: job.id, status: 'succeeded', charged_amount: 0.046 });
	expect(simulator.jobs).toMatchObject([{ replays: 1 }]);
	expect(simulator.chargedUsd).toBe(0.046);
});

test('an idempotency key of another API key is another job, and jobs of others are not found', async () => {
	const mine = jobOf(await submit(simulator, { idempotency_key: 'once' }, 'ky-one'));
	const theirs = await submit(simulator, { idempotency_key: 'once' }, 'ky-two');
	expect(theirs.status).toBe(202);
	expect(jobOf(theirs).id).not.toBe(mine.id);
	expect((await poll(simulator, mine.id, 'ky-two')).status).toBe(404);
});

test('an unknown job and an unknown route answer 404 in the documented shape', async () => {
	expect(errorOf(await poll(simulator, 'f'.repeat(24)))).toMatchObject({ code: 'job_not_found' });
	const answer = await call(simulator, '/v1/nothing');
	expect([answer.status, errorOf(answer).type]).toEqual([404, 'not_found']);
});
