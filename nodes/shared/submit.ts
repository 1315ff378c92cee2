import { remainingMs } from './clock';
import type { Deadline } from './clock';
import { KymaError } from './errors';
import { throwIfFailed } from './job';
import type { JobRequest, Session } from './job';
import { toDigest } from './key';
import { toRefusal } from './refusal';
import { callApi, isReply, toRetryAfterMs } from './request';
import type { NoReply, Reply } from './request';
import { POLICIES, retry, throwIfStopped } from './retry';
import type { Attempt } from './retry';
import { hasFailed, parseSubmitted } from './schemas';
import type { Job } from './schemas';

/** Keys tried when the job behind a key turns out to have failed in an earlier attempt. */
const MAX_KEYS = 4;
/**
 * The key for the next attempt at the same wish, still within Kyma's 128 characters. The digest keeps it apart from any
 * key a user may have chosen for another wish, such as `hero-r1` beside `hero`.
 */
export function toNextKey(key: string, attempt: number): string {
	return attempt === 0 ? key : `${key.slice(0, 100).toWellFormed()}-r${attempt}-${toDigest(key, 16)}`;
}

/**
 * Submits one job under its idempotency key. A replay (HTTP 200) of a job that had failed is not an answer to this
 * wish: the next key is derived and the job submitted anew, a bounded number of times.
 * @throws KymaError when Kyma refuses it, when it cannot be reached, or when every replayed job had failed
 */
export async function submitJob(session: Session, request: JobRequest, key: string, deadline: Deadline): Promise<Job> {
	for (let attempt = 0; ; attempt += 1) {
		const { job, isReplay } = await submitOnce(session, request, toNextKey(key, attempt), deadline);
		if (!isReplay || !hasFailed(job.status)) return job;
		if (attempt + 1 === MAX_KEYS) throwIfFailed(job);
	}
}

type Submitted = { job: Job; isReplay: boolean };

const isThrottled = (attempt?: Attempt<unknown>) => attempt !== undefined && 'retry' in attempt && attempt.retry === 'throttled';

async function submitOnce(session: Session, request: JobRequest, key: string, deadline: Deadline): Promise<Submitted> {
	const { context, account, stopSignal, limiter } = session;
	const body = { ...request, idempotency_key: key };
	const bounds = { policy: POLICIES.submit, deadline, signal: session.signal };
	let last: Attempt<Submitted> | undefined;
	let isInDoubt = false;
	return await retry(bounds, async (getTimeoutMs) => {
		if (isThrottled(last)) await limiter.requeue();
		await limiter.untilOpen(deadline, session.signal);
		throwIfStopped(session.signal, { charged: isInDoubt ? 'unknown' : false });
		if (last && isThrottled(last) && remainingMs(deadline) === 0) return last;
		const sentAt = Date.now();
		const path = '/images/generations';
		const reply = await callApi(context, account, { method: 'POST', path, body, timeoutMs: getTimeoutMs() }, stopSignal);
		last = toSubmitted(session, request, reply, { sentAt, isInDoubt });
		isInDoubt ||= 'retry' in last && last.retry === 'fault';
		return last;
	});
}

type Sent = {
	sentAt: number;
	/** Whether an earlier answer under the same key was lost: behind it a job may run, whatever is answered now. */
	isInDoubt: boolean;
};

function toSubmitted(session: Session, request: JobRequest, reply: Reply | NoReply, { sentAt, isInDoubt }: Sent): Attempt<Submitted> {
	if (!isReply(reply)) return { retry: 'fault', error: new KymaError('submitFailed', { reason: reply.fault, model: request.model }) };
	const job = reply.statusCode < 300 ? parseSubmitted(reply.body) : undefined;
	if (job) {
		session.limiter.onAccepted();
		return { value: { job, isReplay: reply.statusCode === 200 && job.id !== undefined } };
	}
	const refusal = toRefusal(reply, request);
	const error = isInDoubt ? new KymaError(refusal.error.kind, { ...refusal.error.facts, charged: 'unknown' }) : refusal.error;
	const afterMs = toRetryAfterMs(reply.headers['retry-after']);
	if (refusal.retry === 'throttled') session.limiter.onThrottled(sentAt, afterMs);
	if (refusal.retry === undefined) throw error;
	return { retry: refusal.retry, error, afterMs };
}
