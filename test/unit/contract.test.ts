/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { CHECKS } from '../contract/checks';
import { OPEN } from '../contract/checks/open';
import { loadPrices, toCost } from '../contract/prices';
import { toMarkdown } from '../contract/report';
import { runChecks } from '../contract/run';
import type { Result } from '../contract/types';
import { startSimulator } from '../simulator';
import type { FaultPlace, FaultKind, Simulator } from '../simulator';

let kyma: Simulator;
beforeAll(async () => {
	kyma = await startSimulator({ speed: 0, imageLongSidePx: 64 });
});
afterEach(() => kyma.reset());
afterAll(async () => await kyma.close());

const access = () => ({ baseUrl: kyma.url, apiKey: kyma.apiKey, pollMs: 20 });

/** Runs some checks, by their ids; all of them when none is named. */
async function run(...ids: string[]): Promise<Result[]> {
	const prices = await loadPrices(kyma.url);
	return await runChecks(access(), prices, undefined, ids.length === 0 ? CHECKS : CHECKS.filter(({ id }) => ids.includes(id)));
}

const listOf = (results: Result[], verdict: string) =>
	results.filter(({ finding }) => finding.verdict === verdict).map(({ check }) => check.id);

test('the simulator confirms every fact that can be asked about', async () => {
	const results = await run();
	expect(listOf(results, 'different')).toEqual([]);
	expect(listOf(results, 'not testable')).toEqual(OPEN.map(({ id }) => id));
	expect(listOf(results, 'confirmed').length).toBeGreaterThan(30);
});

test('what the run costs is what was said before it', async () => {
	const { costUsd } = toCost(CHECKS, await loadPrices(kyma.url));
	await run();
	expect(kyma.chargedUsd).toBeCloseTo(costUsd, 6);
	expect(costUsd).toBeLessThan(0.1);
});

const nonsense: FaultKind = { type: 'body', body: { hello: 'world' } };

test.each<[string, FaultPlace, FaultKind]>([
	['auth-limits', 'limits', nonsense],
	['wrong-key', 'limits', nonsense],
	['balance', 'balance', { type: 'status', status: 404 }],
	['tiers', 'tiers', nonsense],
	['registry', 'registry', nonsense],
	['submit-job', 'submit', nonsense],
	['submit-job', 'submit', { type: 'terminalAnswer' }],
	['job-status', 'submit', { type: 'job', status: 'simmering', error: null }],
	['output-url', 'submit', { type: 'outputShape', shape: 'images-strings' }],
	['image-host', 'image', { type: 'content', contentType: 'image/png', body: '<html>Sorry</html>' }],
	['image-host', 'image', { type: 'status', status: 401 }],
	['error-shape', 'submit', { type: 'html', status: 404 }],
	['unknown-model', 'submit', { type: 'status', status: 400 }],
	['unknown-job', 'poll', { type: 'status', status: 200 }],
	['image-required', 'submit', { type: 'status', status: 400, code: 'bad_request' }],
	['too-many-references', 'submit', { type: 'status', status: 422 }],
	['url-source', 'submit', { type: 'job', status: 'failed', error: 'No' }],
])('an API that differs in "%s" is reported as different (fault on %s)', async (id, on, kind) => {
	const prices = await loadPrices(kyma.url);
	const skip = id === 'url-source' ? 1 : 0;
	kyma.addFault({ on, kind, times: Infinity, skip });
	const results = await runChecks(
		access(),
		prices,
		undefined,
		CHECKS.filter((check) => check.id === id),
	);
	expect(results.map(({ finding }) => finding.verdict)).toEqual(['different']);
});

test('an API that takes no data URLs is reported as different, with its words', async () => {
	kyma.configure({ refuseDataUrls: true });
	const [result] = await run('data-url-source');
	expect(result?.finding).toMatchObject({ verdict: 'different', seen: expect.stringContaining('HTTP 400') });
});

test('a changed price is reported as different, and counts in the cost', async () => {
	const media = [
		{ id: 'minimax-image-01', modality: 'image', pricing_mode: 'per-image', usd_per_call: 0.006 },
		{ id: 'gpt-image-2', modality: 'image', pricing_mode: 'per-quality' },
	];
	kyma.addFault({ on: 'pricing', kind: { type: 'body', body: { media } }, times: Infinity });
	expect((await loadPrices(kyma.url)).textUsd).toBe(0.006);
	const results = await run('bundled-prices', 'bundled-models', 'estimated-cost');
	expect(listOf(results, 'different')).toEqual(['bundled-models', 'bundled-prices', 'estimated-cost']);
	expect(results[1]?.finding.seen).toContain('minimax-image-01: 0.005 here, 0.006 live');
});

test('a price list that cannot be read stops before anything is sent with the key', async () => {
	kyma.addFault({ on: 'pricing', kind: { type: 'html' } });
	await expect(loadPrices(kyma.url)).rejects.toThrow();
	expect(kyma.requests.some(({ headers }) => headers.authorization)).toBe(false);
});

test('the report is one Markdown table, and never holds the key', async () => {
	kyma.addFault({ on: 'limits', kind: { type: 'body', body: { [kyma.apiKey]: 'a | b' } }, times: 1 });
	const results = await run('auth-limits', 'wrong-key');
	const report = toMarkdown('The simulator', results);
	expect(report).not.toContain(kyma.apiKey);
	expect(report).toContain('[key]');
	expect(report.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(2 + 2);
	expect(report).toContain('1 confirmed, 1 different, 0 not testable.');
});

test('every check has an id of its own, and every check that docs/assumptions.md names exists', () => {
	const ids = CHECKS.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	const page = readFileSync(path.resolve(__dirname, '..', '..', 'docs', 'assumptions.md'), 'utf8');
	const named = [...page.matchAll(/\| `([a-z-]+)`[^|]*\|$/gm)].map(([, id]) => id);
	expect(named.length).toBeGreaterThan(8);
	expect(named.filter((id = '') => !ids.includes(id))).toEqual([]);
});
