/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { simulateCadence } from './cadence';
import { toTraffic } from './traffic';

const CHECKOUT = path.resolve(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'kyma-bench-test-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the benchmark runs on a small setting, prints its tables and writes JSON and an SVG', async () => {
	const args = ['--import', 'tsx', 'test/bench/cli.ts', '--small', '--out', folder];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: CHECKOUT });
	const written = JSON.parse(readFileSync(path.join(folder, 'bench.json'), 'utf8')) as {
		table: Array<{ outcomes: Record<string, { images: number }> }>;
		cpu: Array<{ oursMs: { median: number } }>;
		startup: { calls: string[] };
	};
	expect(Object.keys(written.table[0]?.outcomes ?? {})).toEqual(['kyma', 'sequential2s']);
	expect(Object.values(written.table[0]?.outcomes ?? {}).map(({ images }) => images)).toEqual([1, 1]);
	expect(written.cpu[0]?.oursMs.median).toBeGreaterThan(0);
	expect(written.startup.calls).toEqual([]);
	expect(stdout).toContain('| Kyma Image |');
	expect(readFileSync(path.join(folder, 'bench.svg'), 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
}, 300_000);

test('traffic tells polls in step from polls that are spread', () => {
	const polls = (offsets: number[]) =>
		offsets.flatMap((offset, job) => [0, 1000, 2000].map((at) => ({ route: 'poll', at: at + offset, jobId: `job-${job}` })));
	expect(toTraffic(polls([0, 1, 2, 3])).inStepShare).toBe(1);
	expect(toTraffic(polls([0, 250, 500, 750])).inStepShare).toBe(0.25);
	expect(toTraffic(polls([0])).minGapMs).toBe(1000);
});

test('no job of any duration is polled more than once a second, and one of up to 30 s not more often than it has seconds, plus 2', () => {
	for (const { jobMs, polls, minGapMs } of simulateCadence()) {
		expect(minGapMs).toBeGreaterThanOrEqual(1000);
		if (jobMs <= 30_000) expect(polls.max).toBeLessThanOrEqual(jobMs / 1000 + 2);
		else expect(polls.max).toBeLessThanOrEqual(30 + (jobMs / 1000 - 30) / 2 + 2);
	}
});
