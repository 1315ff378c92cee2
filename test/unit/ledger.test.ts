/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as pass } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { createLedger } from '../../nodes/shared/ledger';
import { parseJob, parseSubmitted } from '../../nodes/shared/schemas';
import type { Job } from '../../nodes/shared/schemas';

const buildJob = (id: string, status = 'succeeded', chargedUsd: number | null = 0.046) =>
	parseJob({ id, status, charged_amount: chargedUsd, output: { url: `https://cdn.example/${id}.png` } }) as Job;

const summarize = (...jobs: Job[]) => {
	const ledger = createLedger();
	jobs.forEach((job) => ledger.note(job, true));
	return ledger.summarize();
};

test.each([
	['one job', [buildJob('a')], '1 job, charged $0.046 in total.'],
	['several jobs', [buildJob('a'), buildJob('b')], '2 jobs, charged $0.092 in total.'],
	[
		'sums that are not exact in a computer',
		[buildJob('a', 'succeeded', 0.1), buildJob('b', 'succeeded', 0.2)],
		'2 jobs, charged $0.3 in total.',
	],
	['a job without a charge', [buildJob('a', 'succeeded', null)], '1 job, charged $0 in total, 1 job reported no charge.'],
	['a failed job', [buildJob('a'), buildJob('b', 'failed', null)], '2 jobs, charged $0.046 in total, 1 job failed and was refunded.'],
	[
		'lost jobs',
		[buildJob('a', 'refunded', null), buildJob('b', 'expired', null)],
		'2 jobs, charged $0 in total, 2 jobs failed and were refunded.',
	],
	['a refund that still shows its price', [buildJob('a', 'refunded', 0.046)], '1 job, charged $0 in total, 1 job failed and was refunded.'],
	['a failed job that was charged', [buildJob('a', 'failed', 0.046)], '1 job, charged $0.046 in total.'],
])('%s: the hint says what the run cost', (_what, jobs, text) => {
	expect(summarize(...jobs)).toBe(text);
});

test('a run that submitted nothing and failed nothing says nothing', () => {
	const ledger = createLedger();
	ledger.note(buildJob('a'), false);
	expect(ledger.summarize()).toBeUndefined();
});

test('failed items are counted, also when nothing was submitted', () => {
	const ledger = createLedger();
	ledger.fail(false);
	expect(ledger.summarize()).toBe('1 item failed.');
	ledger.fail('unknown');
	ledger.note(buildJob('a'), true);
	expect(ledger.summarize()).toBe('1 job, charged $0.046 in total. 2 items failed.');
});

test('a job that is noted again as it goes on counts once, in its last state', () => {
	expect(summarize(buildJob('a', 'pending', null), buildJob('a', 'processing', null), buildJob('a'))).toBe(
		'1 job, charged $0.046 in total.',
	);
});

test('images that came without a job count once per answer', () => {
	const toAnswer = () => parseSubmitted({ data: [{ url: 'https://cdn.example/a.png' }] }) as Job;
	const answer = toAnswer();
	expect(summarize(answer, answer)).toBe('1 job, charged $0 in total, 1 job reported no charge.');
	expect(summarize(answer, toAnswer())).toBe('2 jobs, charged $0 in total, 2 jobs reported no charge.');
});

test('every job whose images may yet be had is listed, without those that are lost and the one that is told already', () => {
	const ledger = createLedger();
	const statuses = ['pending', 'processing', 'succeeded', 'cancelled', 'error', 'levitating', 'failed', 'refunded', 'expired'];
	statuses.forEach((status) => ledger.note(buildJob(status, status), true));
	expect(ledger.listOpenJobIds('processing')).toEqual(['pending', 'succeeded', 'cancelled', 'error', 'levitating']);
	expect(ledger.listOpenJobIds()).toHaveLength(6);
});

test('the charge of a job is stated by the first who asks, once', () => {
	const ledger = createLedger();
	expect([buildJob('a'), buildJob('a'), buildJob('b')].map(ledger.mention)).toEqual([true, false, true]);
});

test('images that came without a job are each their own', () => {
	const ledger = createLedger();
	const answer = { ...buildJob('a'), id: undefined };
	expect([answer, answer].map(ledger.mention)).toEqual([true, true]);
});

test('images that came inside the answers are not kept to the end of the run', async () => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const ledger = createLedger();
	const data = [{ b64_json: 'AAAA' }];
	const note = (body: unknown) => {
		const job = parseSubmitted(structuredClone(body)) as Job;
		ledger.note(job, true);
		return new WeakRef(job.raw);
	};
	const answers = [note({ data }), note({ id: 'a', status: 'succeeded', charged_amount: 0.046, output: { data } })];
	await pass(1);
	collectGarbage();
	expect(answers.map((answer) => answer.deref())).toEqual([undefined, undefined]);
	expect([ledger.listOpenJobIds(), ledger.countNameless()]).toEqual([['a'], 1]);
});
