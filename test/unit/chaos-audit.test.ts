import { findHungRuns, findLeaks, findSlowStops, findWrongContent } from '../chaos/audit/conduct';
import { findLostImages, findRecoveryCosts } from '../chaos/audit/lost';
import { findDoubleCharges, findNeedlessJobs, findOverspending } from '../chaos/audit/money';
import { findStaleClaims } from '../chaos/audit/shown';
import { findUntruths } from '../chaos/audit/truth';
import { holdsKey, toApiKey } from '../chaos/secret';
import type { Entry, Evidence, Failure, LedgerJob, Outcome, OutputItem, Plan } from '../chaos/types';

const ID = 'f3a9c8b2e1d0a4b6c7d8e9f0';
const KEY = `n8n-e7-r0-i0-${'0'.repeat(40)}`;
const SHA = 'a'.repeat(64);

const toJob = (more: Partial<LedgerJob> = {}): LedgerJob => ({
	...{ id: ID, executionId: '7', itemIndex: 0, key: KEY, status: 'succeeded', chargedUsd: 0.046, completedAt: 1_200 },
	...{ images: [SHA], isImmediate: false, isShown: true, asks: [{ at: 1_100, finishedAt: 1_101, isClean: true }], submittedAt: [1_100] },
	...more,
});

const toItem = (json: object = {}, sha256 = SHA): OutputItem => ({
	json: { jobId: ID, status: 'succeeded', imageIndex: 0, costUsd: 0.046, ...json },
	images: [{ field: 'data', sha256, bytes: 9, mimeType: 'image/png', fileName: 'a.png' }],
	itemIndex: 0,
});

const toFailure = (details: object, itemIndex?: number): Failure => ({
	message: 'It failed',
	description: '',
	itemIndex,
	details: { ...details },
});

const toOutcome = (more: Partial<Outcome> = {}): Outcome => ({
	...{ startedAt: 1_000, endedAt: 2_000, status: 'success', items: [toItem()], errorItems: [], hints: [], stalls: [], sightings: [] },
	tries: [{ startedAt: 1_000, endedAt: 2_000, failures: [] }],
	...more,
});

/** A run that failed with one failure, stated in its only try. */
const toFailed = (failure: Failure): Outcome =>
	toOutcome({ status: 'error', items: [], error: failure, tries: [{ startedAt: 1_000, endedAt: 2_000, failures: [failure] }] });

const PLAN: Plan = {
	...{ executionId: '7', apiKey: toApiKey(0), parameters: {}, settings: {}, killsAfterMs: [], boundMs: 60_000 },
	items: [{ json: {}, sources: [] }],
};

const toEvidence = (more: Partial<Evidence> & { entry?: Partial<Entry> } = {}): Evidence => ({
	entries: [{ plan: PLAN, killedAt: [], outcome: toOutcome(), ...more.entry }],
	...{ ledger: [toJob()], recovered: new Map(), recoveryCost: { jobs: 0, usd: 0 }, requestSightings: [], strikes: new Map() },
	...{ patienceMs: 1_000, stalls: [] },
	...more,
});

const again = (more: Partial<LedgerJob>) => toJob({ id: 'b'.repeat(24), key: `${KEY}-r1-${'0'.repeat(16)}`, ...more });
const laterAsk = { asks: [{ at: 1_500, finishedAt: 1_501, isClean: true }] };
const withFailure = (details: object, itemIndex = 0) => ({ entry: { outcome: toFailed(toFailure(details, itemIndex)) } });
const withOutcome = (more: Partial<Outcome>) => ({ entry: { outcome: toOutcome(more) } });
const lost = { jobId: ID, charged: true };

const AUDITORS = [
	...[findDoubleCharges, findNeedlessJobs, findOverspending, findLostImages, findRecoveryCosts, findHungRuns, findSlowStops],
	...[findLeaks, findWrongContent, findUntruths, findStaleClaims],
];

test.each(AUDITORS)('%p finds nothing in a run that went well', (find) => {
	expect(find(toEvidence()).findings).toEqual([]);
});

const doctored: Array<[string, (evidence: Evidence) => { findings: string[] }, Parameters<typeof toEvidence>[0], string]> = [
	['a second charge for one wish', findDoubleCharges, { ledger: [toJob(), again({})] }, '7 item 0'],
	['a job made anew after a charged one', findNeedlessJobs, { ledger: [toJob(), again(laterAsk)] }, 'which was charged'],
	['two jobs under one key', findNeedlessJobs, { ledger: [toJob({ chargedUsd: null }), again({ ...laterAsk, key: KEY })] }, 'one key'],
	[
		'a job made anew while the first was running',
		findNeedlessJobs,
		{ ledger: [toJob({ chargedUsd: null, completedAt: undefined, status: 'pending' }), again(laterAsk)] },
		'not over (pending)',
	],
	['a run over its limit', findOverspending, { entry: { plan: { ...PLAN, maxSpendUsd: 0.04 } } }, '$0.046 of $0.04'],
	['an id that was known and not said', findLostImages, withFailure({ charged: true }), 'did not say it'],
	['a job that no run asked for', findLostImages, { ledger: [toJob({ executionId: '8' })] }, 'no execution'],
	['an id that brings nothing', findLostImages, withFailure(lost), 'Get Image Job did not bring it'],
	['an id that brings another image', findLostImages, { ...withFailure(lost), recovered: new Map([[ID, ['c']]]) }, 'did not bring it'],
	[
		'a lost answer that no re-run makes good',
		findLostImages,
		{ ...withFailure({ charged: 'unknown' }), ledger: [toJob({ asks: [{ at: 1_100, finishedAt: 1_101, isClean: false }] })] },
		'a re-run did not bring it',
	],
	[
		'a lost answer that nothing tells of',
		findLostImages,
		{
			entry: { outcome: toFailed(toFailure({ charged: false }, 3)), rerun: toOutcome({ startedAt: 5_000 }) },
			ledger: [toJob({ asks: [{ at: 1_100, finishedAt: 1_101, isClean: false }] })],
		},
		'nothing says so',
	],
	['one image of two', findLostImages, { ledger: [toJob({ images: [SHA, 'd'] })] }, 'Get Image Job did not bring it'],
	['a charge for fetching', findRecoveryCosts, { recoveryCost: { jobs: 1, usd: 0.046 } }, '1 jobs'],
	['a run without an end', findHungRuns, { entry: { outcome: undefined } }, 'no end'],
	['a run that goes on after Stop', findSlowStops, withOutcome({ stoppedAt: 1_000, endedAt: 9_000 }), '8000 ms'],
	['the key at another host', findLeaks, { requestSightings: ['image host: GET /'] }, 'image host'],
	['the key in a run', findLeaks, withOutcome({ sightings: ['run'] }), '7: run'],
	['other bytes', findWrongContent, withOutcome({ items: [toItem({}, 'e')] }), 'image 0 of job'],
	['the second image in place of the first', findWrongContent, { ledger: [toJob({ images: ['d', SHA] })] }, 'image 0 of job'],
	['"not charged" of a charged job', findUntruths, withFailure({ charged: false }), 'says not charged'],
	['"charged" without a charge', findUntruths, { ...withFailure(lost), ledger: [toJob({ chargedUsd: null })] }, 'says charged'],
	['no word about money', findUntruths, withFailure({ jobId: ID }), 'does not say'],
	['the id of another job', findUntruths, withFailure({ jobId: 'x', charged: 'unknown' }), 'not a job of this item'],
	['another status', findUntruths, withFailure({ ...lost, status: 'failed' }), 'the ledger says succeeded'],
	['a cost that is not the charge', findUntruths, withOutcome({ items: [toItem({ costUsd: 0.05 })] }), 'costs 0.05'],
	['an item of another job', findUntruths, withOutcome({ items: [toItem({ jobId: 'x' })] }), 'not a job of it'],
	['an input item without any output', findUntruths, withOutcome({ items: [] }), 'item 0 has 0 failures and no image'],
	['a hint above the bill', findUntruths, withOutcome({ hints: ['1 job, charged $0.09 in total.'] }), 'the hint says $0.09'],
	['a hint below the items', findUntruths, withOutcome({ hints: ['1 job, charged $0.01 in total.'] }), 'the hint says $0.01'],
	['a last message that hides a charge', findStaleClaims, withFailure({ charged: false }), `hides ${ID}`],
];

test.each(doctored)('%s is found', (_, find, doctoring, words) => {
	expect(find(toEvidence(doctoring)).findings.join('\n')).toContain(words);
});

test('an id that brings the image, and a re-run that does, are no loss', () => {
	const recovered = new Map([[ID, [SHA]]]);
	expect(findLostImages(toEvidence({ ...withFailure(lost), recovered })).findings).toEqual([]);
	const entry = { outcome: toFailed(toFailure({ charged: 'unknown' })), rerun: toOutcome({ startedAt: 5_000 }) };
	const ledger = [toJob({ asks: [{ at: 1_100, finishedAt: 1_101, isClean: false }] })];
	expect(findLostImages(toEvidence({ entry, ledger })).findings).toEqual([]);
});

test('the key is seen as it is, in base64 at any offset and in hex', () => {
	const headers = ['', 'x', 'xy'].map((before) => Buffer.from(`${before}Bearer ${toApiKey(7)}`).toString('base64'));
	for (const text of [toApiKey(3), ...headers, Buffer.from(toApiKey(1)).toString('hex')]) expect(holdsKey(text)).toBe(true);
	expect(holdsKey('ky-another-key')).toBe(false);
});
