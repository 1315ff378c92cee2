import type { Account } from './account';
import { KymaError } from './errors';
import type { Charged, Facts } from './errors';
import type { Limiter } from './limiter';
import type { Context } from './request';
import { hasFailed } from './schemas';
import type { Job } from './schemas';

/** What talking to the API takes. */
export type Session = {
	context: Context;
	account: Account;
	/** Aborts on Stop, on the execution timeout, and when another item of the run has failed for good. */
	signal: AbortSignal;
	/** Aborts on Stop and on the execution timeout only: a submit under way is worth its answer, the job's id. */
	stopSignal: AbortSignal;
	limiter: Limiter;
};

/** The body of `POST /images/generations`, without its key. */
export type JobRequest = { model: string; prompt: string } & Record<string, unknown>;

/** What a job id may hold: nothing that could lead a path elsewhere. */
const JOB_ID = /^(?!\.+$)[\w.:~-]{1,200}$/;

export const isJobId = (id: string): boolean => JOB_ID.test(id);

/** What of a job tells its charge. */
type Bill = Pick<Job, 'status' | 'chargedUsd'>;

/** Kyma charges on success only and refunds failed and expired jobs in full; other words say nothing about money. */
export function getCharged({ status, chargedUsd }: Bill): Charged {
	if (chargedUsd !== null && chargedUsd > 0) return status === 'refunded' ? false : true;
	if (status === 'succeeded') return true;
	return status === 'failed' || status === 'refunded' || status === 'expired' ? false : 'unknown';
}

/** What the job cost in the end, USD: nothing when a refund still shows its price; null when it reports no charge. */
export const getCostUsd = (bill: Bill): number | null => (bill.chargedUsd !== null && getCharged(bill) === false ? 0 : bill.chargedUsd);

/** What an error about a job says of it. */
export const toFacts = (job: Job): Facts => ({ jobId: job.id, status: job.statusText, model: job.model });

/** @throws KymaError `jobFailed` or `unknownStatus`, when the job ended without success */
export function throwIfFailed(job: Job): void {
	const facts = { ...toFacts(job), charged: getCharged(job) };
	if (hasFailed(job.status)) throw new KymaError('jobFailed', { ...facts, reason: job.reason });
	if (job.status === 'unknown') throw new KymaError('unknownStatus', facts);
}
