import { deadlineIn, pause, remainingMs } from './clock';
import type { Deadline } from './clock';
import { KymaError, raise, toKymaError } from './errors';
import { getCharged, isJobId, toFacts } from './job';
import type { Session } from './job';
import { getPollingDelayMs } from './polling';
import { toRefusal } from './refusal';
import { callApi, isReply, toRetryAfterMs } from './request';
import type { NoReply, Reply } from './request';
import { POLICIES, retry, throwIfStopped } from './retry';
import type { Attempt } from './retry';
import { isPending, parseJob } from './schemas';
import type { Job } from './schemas';

export type WaitOptions = {
	deadline: Deadline;
	timeoutMs: number;
	typicalMs?: number;
	/** What the run has learned about jobs of this kind, asked anew before each poll. */
	getLearnedMs?: () => number | undefined;
};

/** Just after submit Kyma may not know the job yet (replica lag), for a few seconds. */
const NOT_FOUND_GRACE_MS = 8_000;
/** A job may say `succeeded` a moment before its output is there. */
const LATE_OUTPUT_MS = 15_000;
/** How `GET /jobs/{id}` answered: the job, `not found`, or a reason to ask again. */
function toPolled(session: Session, jobId: string, reply: Reply | NoReply, sentAt: number): Attempt<Job | undefined> {
	if (!isReply(reply)) return { retry: 'fault', error: new KymaError('pollFailed', { jobId, reason: reply.fault }) };
	const { statusCode, headers, body } = reply;
	if (statusCode === 404) return { value: undefined };
	const job = statusCode < 300 ? parseJob(body) : undefined;
	if (job) return { value: job };
	const { retry: why, error } = toRefusal(reply, { jobId });
	if (why === undefined) throw error;
	const afterMs = toRetryAfterMs(headers['retry-after']);
	if (why === 'throttled') session.limiter.onThrottled(sentAt, afterMs);
	return { retry: why, error, afterMs };
}

/** One look at a job; undefined when Kyma does not know it (yet). Faults are retried until the deadline. */
async function pollJob(session: Session, jobId: string, deadline: Deadline): Promise<Job | undefined> {
	const { context, account, signal, limiter } = session;
	const path = `/jobs/${encodeURIComponent(jobId)}`;
	const bounds = { policy: POLICIES.poll, deadline, signal, facts: { jobId } };
	return await retry(bounds, async (getTimeoutMs) => {
		await limiter.untilOpen(deadline, signal);
		throwIfStopped(signal, { jobId });
		const sentAt = Date.now();
		const reply = await callApi(context, account, { method: 'GET', path, timeoutMs: getTimeoutMs() }, signal);
		throwIfStopped(signal, { jobId });
		return toPolled(session, jobId, reply, sentAt);
	});
}

/**
 * One job by its id, as it stands.
 * @param jobId must satisfy `isJobId`
 * @throws KymaError `jobNotFound` after a few seconds, or what kept the API from answering until the deadline
 */
export async function fetchJob(session: Session, jobId: string, deadline: Deadline): Promise<Job> {
	const graceUntil = Math.min(deadline, deadlineIn(NOT_FOUND_GRACE_MS));
	for (let waitMs = 1_000; ; waitMs *= 2) {
		const job = await pollJob(session, jobId, deadline);
		if (job) return job;
		if (remainingMs(graceUntil) === 0) throw new KymaError('jobNotFound', { jobId, httpCode: 404 });
		await pause(Math.min(waitMs, remainingMs(graceUntil)), session.signal);
		throwIfStopped(session.signal, { jobId });
	}
}

const isSettled = (job: Job): boolean => !isPending(job.status) && !(job.status === 'succeeded' && job.images.length === 0);

/**
 * Waits until the job is over, one way or the other; a job that succeeded then has its images. A first answer that is
 * terminal already is honoured: nothing is polled then.
 * @throws KymaError `timedOut`, `noImage`, `jobLost`, `canceled`, each with the job id
 */
export async function waitForJob(session: Session, submitted: Job, options: WaitOptions): Promise<Job> {
	const acceptedAt = Date.now();
	let job = submitted;
	let lateUntil: Deadline | undefined;
	for (let polls = 0; !isSettled(job); polls += 1) {
		if (job.status === 'succeeded') lateUntil ??= deadlineIn(LATE_OUTPUT_MS);
		if (lateUntil !== undefined && remainingMs(lateUntil) === 0) throw new KymaError('noImage', toFacts(job));
		if (remainingMs(options.deadline) === 0) throw toTimedOut(job, options);
		const elapsedMs = Date.now() - acceptedAt;
		const learnedMs = options.getLearnedMs?.();
		const delayMs = getPollingDelayMs({ elapsedMs, polls, learnedMs, typicalMs: options.typicalMs, random: Math.random() });
		await pause(Math.min(delayMs, remainingMs(options.deadline)), session.signal);
		throwIfStopped(session.signal, { jobId: job.id, model: job.model });
		job = await look(session, job, options);
	}
	return job;
}

/**
 * The next look at a job under way. A job that the API loses contact over has timed out, with its id; one that it no
 * longer knows is no mistake of whoever submitted it.
 */
async function look(session: Session, job: Job, options: WaitOptions): Promise<Job> {
	const jobId = job.id ?? '';
	if (!isJobId(jobId)) throw new KymaError('badAnswer', { reason: 'the job has no usable ID', httpCode: 200 });
	try {
		return await fetchJob(session, jobId, options.deadline);
	} catch (caught) {
		const error = toKymaError(caught, { jobId });
		if (error.kind === 'jobNotFound') return raise(new KymaError('jobLost', { ...toFacts(job), httpCode: error.facts.httpCode }));
		return raise(error.kind === 'pollFailed' ? toTimedOut(job, options, error.facts.reason) : error);
	}
}

function toTimedOut(job: Job, { timeoutMs }: WaitOptions, reason?: string): KymaError {
	const charged = getCharged(job);
	return new KymaError('timedOut', { ...toFacts(job), seconds: Math.round(timeoutMs / 1000), reason, charged });
}
