/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Container } from '@n8n/di';
import { BinaryDataConfig } from 'n8n-core';

import { POLICIES } from '../../nodes/shared/retry';
import { readBinary } from './engine';
import { continueOnFail, generate, getJob, useSimulator } from './kyma';

const bench = useSimulator();
const { run, count } = bench;
const saved = structuredClone(POLICIES);
beforeEach(() => {
	for (const policy of Object.values(POLICIES)) Object.assign(policy, { initialBackoffMs: 20, maxBackoffMs: 60 });
});
afterEach(() => Object.assign(POLICIES, structuredClone(saved)));

const byRoute = (route: string) => bench.kyma.requests.filter((request) => request.route === route);
const inputs = (length: number) => Array.from({ length }, (_, n) => ({ json: { n } }));

test.each([
	['503', { type: 'status', status: 503 }],
	['a web page', { type: 'html' }],
	['cut-off JSON', { type: 'cutJson' }],
	['an empty answer', { type: 'empty' }],
	['a reset connection', { type: 'resetBefore' }],
	['429', { type: 'status', status: 429, retryAfter: 0 }],
] as const)('polls survive %s, several times in a row', async (_, kind) => {
	bench.kyma.addFault({ on: 'poll', kind, times: 4 });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect(bench.kyma.jobs).toHaveLength(1);
});

test('a poll that is never answered is given up and sent again', async () => {
	POLICIES.poll.attemptTimeoutMs = 300;
	bench.kyma.addFault({ on: 'poll', kind: { type: 'hang' } });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
});

test('a submit that is never answered is sent again under the same key', async () => {
	POLICIES.submit.attemptTimeoutMs = 300;
	bench.kyma.addFault({ on: 'submit', kind: { type: 'hang', afterWork: true } });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect(bench.kyma.jobs).toHaveLength(1);
});

test('when Kyma stays unreachable, the error says that a charge is not known and what makes a retry safe', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'resetBefore' }, times: Infinity });
	const { error } = await run(generate());
	expect(error?.message).toBe('Kyma could not be reached to submit the job: the connection was reset [Item 0]');
	expect(error?.description).toContain('Turn on Retry On Fail');
	expect(error?.description).toContain('Whether you were charged is not known.');
	expect(count('submit')).toBe(POLICIES.submit.maxAttempts);
});

test('when polls stay unanswered until the deadline, the error has the job id and the last reason', async () => {
	bench.kyma.addFault({ on: 'poll', kind: { type: 'status', status: 502, message: 'All providers failed' }, times: Infinity });
	const { error } = await run(generate({ timeout: 1 }));
	expect(error?.message).toContain(`job ${bench.kyma.jobs[0]?.id}`);
	expect(error?.message).toContain('All providers failed');
});

test('Retry-After is honoured: the whole run waits before it sends anything else', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 429, retryAfter: 1 } });
	await run(generate({ maxConcurrency: 1 }));
	const [first, second] = byRoute('submit');
	expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(995);
});

test('a Retry-After beyond the timeout ends the item at once instead of waiting for nothing', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 429, retryAfter: 3600 }, times: Infinity });
	const startedAt = Date.now();
	const { error } = await run(generate({ timeout: 5 }));
	expect(error?.message).toContain('Kyma was still refusing new jobs');
	expect(Date.now() - startedAt).toBeLessThan(3_000);
});

test('an account of Tier 0 slows a run of 30 items down instead of failing it', async () => {
	bench.kyma.configure({ tier: 0, jobDurationMs: 60 });
	const { items } = await run(generate({ maxConcurrency: 30 }, { prompt: '={{ $json.n }}' }), { input: inputs(30), ...continueOnFail });
	expect(items.filter(({ json }) => json.status === 'succeeded')).toHaveLength(30);
	expect(items.map(({ json }) => json.prompt)).toEqual(inputs(30).map(({ json }) => String(json.n)));
});

test.each([
	['404', { type: 'status', status: 404 }],
	['503', { type: 'status', status: 503 }],
	['a reset connection', { type: 'resetBefore' }],
	['a cut-off file', { type: 'cutOff', fraction: 0.5 }],
	['a cut-off file without a length', { type: 'cutOffChunked', fraction: 0.5 }],
	['a web page', { type: 'content', contentType: 'text/html', body: '<!doctype html><p>Sorry</p>' }],
	['JSON', { type: 'content', contentType: 'image/png', body: '{"error":"gone"}' }],
	['nothing', { type: 'content', contentType: 'image/png', body: '' }],
] as const)('an image host that answers with %s twice is asked again, and nothing is charged twice', async (_, kind) => {
	bench.kyma.addFault({ on: 'image', kind, times: 2 });
	const { items } = await run(generate());
	expect(await readBinary(items[0]?.binary?.data)).toEqual(await bench.kyma.imageFor(items[0]?.json.jobId as string));
	expect([count('image'), bench.kyma.jobs.length]).toEqual([3, 1]);
});

test.each([
	['a web page', { type: 'content', contentType: 'image/png', body: '<html>Sorry</html>' }, 'is not an image: it is a web page'],
	['a cut-off file', { type: 'cutOff', fraction: 0.5 }, 'could not be downloaded: the file was cut off after'],
	['404', { type: 'status', status: 404 }, 'could not be downloaded: the image host answered HTTP 404'],
] as const)(
	'an image host that keeps answering with %s is an error with the job id, and the image comes back later',
	async (_, kind, words) => {
		const repair = bench.kyma.addFault({ on: 'image', kind, times: Infinity });
		const { error } = await run(generate());
		const jobId = bench.kyma.jobs[0]?.id as string;
		expect(error?.message).toContain(words);
		expect(error?.context.data).toMatchObject({ jobId, charged: true });
		expect(error?.description).toContain('You were charged for this.');
		repair();
		const { items } = await run(getJob(jobId), { executionId: '2' });
		expect(await readBinary(items[0]?.binary?.data)).toEqual(await bench.kyma.imageFor(jobId));
	},
);

test('n8n may keep files in memory: the image arrives all the same, without a store on disk', async () => {
	const config = Container.get(BinaryDataConfig);
	const { mode } = config;
	Object.assign(config, { mode: 'default' });
	try {
		bench.kyma.configure({ imageBytes: 300_000 });
		const { items } = await run(generate({ numberOfImages: 2 }));
		expect(items.map(({ binary }) => binary?.data?.id)).toEqual([undefined, undefined]);
		expect(await readBinary(items[1]?.binary?.data)).toEqual(await bench.kyma.imageFor(items[1]?.json.jobId as string, 1));
	} finally {
		Object.assign(config, { mode });
	}
});

test('an image that its host would send compressed is delivered, although it grows by that', async () => {
	const image = await bench.kyma.imageFor((await run(generate())).items[0]?.json.jobId as string);
	const host = createServer(({ headers }, response) => {
		const isPacked = headers['accept-encoding']?.includes('gzip');
		const body = isPacked ? gzipSync(image, { level: 0 }) : image;
		response.writeHead(200, { 'content-length': body.length, ...(isPacked && { 'content-encoding': 'gzip' }) }).end(body);
	}).listen(0, '127.0.0.1');
	await once(host, 'listening');
	const output = { url: `http://127.0.0.1:${(host.address() as AddressInfo).port}/a.png` };
	bench.kyma.addFault({ on: 'poll', kind: { type: 'body', body: { id: 'abc', status: 'succeeded', output, charged_amount: 0.046 } } });
	const { items } = await run(generate(), { executionId: '2' });
	host.close();
	expect(await readBinary(items[0]?.binary?.data)).toEqual(image);
});

test('name, extension and type follow the content when the header says otherwise', async () => {
	bench.kyma.addFault({ on: 'image', kind: { type: 'wrongType', contentType: 'text/plain' } });
	const { items } = await run(generate({ extra: '{"output_format":"webp"}' }));
	expect(items[0]?.binary?.data).toMatchObject({ mimeType: 'image/webp', fileExtension: 'webp' });
});

test('the image host and its redirects never see the key, nor do items, errors and hints', async () => {
	bench.kyma.addFault({ on: 'image', kind: { type: 'redirect', to: `${bench.kyma.imageOrigin}/moved.png` } });
	bench.kyma.addFault({ on: 'image', kind: { type: 'resetBefore' }, skip: 1 });
	const outcome = await run(generate(), { input: inputs(3), ...continueOnFail });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'resetBefore' }, times: Infinity });
	const failed = await run(generate(), { executionId: '2' });
	const seen = JSON.stringify(bench.kyma.requests.filter(({ host }) => host === 'image'));
	expect(bench.kyma.requests.filter(({ host }) => host === 'image').length).toBeGreaterThan(3);
	expect(seen).not.toContain(bench.kyma.apiKey);
	expect(seen.toLowerCase()).not.toContain('authorization');
	expect(JSON.stringify([outcome, failed])).not.toContain(bench.kyma.apiKey);
});

test('an API that repeats the key in its answer does not get it into our error', async () => {
	const message = `The key ${bench.kyma.apiKey} is not allowed`;
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 403, message } });
	const { error } = await run(generate());
	expect(error?.message).toContain('The key ky-… is not allowed');
	expect(JSON.stringify(error)).not.toContain(bench.kyma.apiKey);
});

test('an image address that is not http or https is refused with the job id', async () => {
	const output = { url: 'file:///etc/passwd' };
	bench.kyma.addFault({ on: 'poll', kind: { type: 'body', body: { id: 'abc', status: 'succeeded', output, charged_amount: 0.046 } } });
	const { error } = await run(generate());
	expect(error?.message).toContain('The image of job abc was made but could not be downloaded: its address is not an https address');
});

test('an API that never fills in the output is a bounded wait and an error with the job id', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'lateOutputForever' } });
	const { error } = await run(generate({ timeout: 3 }));
	expect(error?.context.data).toMatchObject({ jobId: bench.kyma.jobs[0]?.id, charged: true });
});
