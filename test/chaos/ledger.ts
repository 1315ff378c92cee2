import { createHash } from 'node:crypto';

import type { Job, RecordedRequest, Simulator } from '../simulator';
import { isJobKind } from '../simulator/fault-kinds';
import type { FaultRow } from './faults';
import { groupBy } from './group';
import { readPrompt } from './plan';
import type { Ask, LedgerJob } from './types';

const getPrompt = ({ body }: Pick<RecordedRequest, 'body'>): string => String((body as { prompt?: unknown } | undefined)?.prompt);

const listNames = ({ fault }: RecordedRequest): string[] => fault?.split('+') ?? [];

/** Milliseconds since 1970 of a moment on the simulator's clock. */
const toEpochMs = (at: number | undefined): number => (at === undefined ? Infinity : performance.timeOrigin + at);

/** Faults that replace an answer: behind them nobody learns a job's id. */
const listBreaking = (rows: FaultRow[]): Set<string> =>
	new Set(rows.flatMap(({ name, kind }) => (isJobKind(kind) || kind.type === 'delay' ? [] : [name])));

const toAsk = (request: RecordedRequest, breaking: Set<string>): Ask => ({
	at: toEpochMs(request.at),
	finishedAt: toEpochMs(request.finishedAt),
	isClean: request.status !== undefined && request.status < 300 && !listNames(request).some((name) => breaking.has(name)),
});

async function toImages(simulator: Simulator, job: Job, names: string[]): Promise<string[]> {
	const urls = names.includes('submit: shape url') ? job.imageUrls.slice(0, 1) : job.imageUrls;
	return await Promise.all(
		urls.map(async (_, index) =>
			createHash('sha256')
				.update(await simulator.imageFor(job.id, index))
				.digest('hex'),
		),
	);
}

async function toRow(
	simulator: Simulator,
	job: Job,
	submits: RecordedRequest[],
	breaking: Set<string>,
): Promise<Omit<LedgerJob, 'submittedAt'>> {
	const names = submits.flatMap(listNames);
	const isImmediate = names.some((name) => name.startsWith('submit: immediate'));
	const { id, status, chargedUsd, idempotencyKey = '' } = job;
	return {
		...{ id, status, chargedUsd, isImmediate, key: idempotencyKey },
		...readPrompt(getPrompt({ body: job.request })),
		completedAt: job.completedAt === null ? undefined : Date.parse(job.completedAt),
		images: await toImages(simulator, job, names),
		isShown: isImmediate || !names.includes('submit: output never shown'),
		asks: submits.map((request) => toAsk(request, breaking)),
	};
}

/** The simulator's ledger as the auditors read it. */
export async function readLedger(simulator: Simulator, rows: FaultRow[]): Promise<LedgerJob[]> {
	const breaking = listBreaking(rows);
	const submits = simulator.requests.filter(({ route }) => route === 'submit');
	const byJob = groupBy(submits, ({ jobId }) => jobId);
	const byPrompt = groupBy(submits, getPrompt);
	return await Promise.all(
		simulator.jobs.map(async (job) => {
			const submittedAt = (byPrompt.get(getPrompt({ body: job.request })) ?? []).map(({ at }) => toEpochMs(at));
			return { ...(await toRow(simulator, job, byJob.get(job.id) ?? [], breaking)), submittedAt };
		}),
	);
}

/** How often each fault struck. */
export function countStrikes(requests: readonly RecordedRequest[]): Map<string, number> {
	const strikes = new Map<string, number>();
	for (const name of requests.flatMap(listNames)) strikes.set(name, (strikes.get(name) ?? 0) + 1);
	return strikes;
}
