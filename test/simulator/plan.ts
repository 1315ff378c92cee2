import type { JobKind } from './fault-kinds';

export type OutputShape = Extract<JobKind, { type: 'outputShape' }>['shape'];

/** How a job is to end and look; the faults of its submit, as one record. */
export type JobPlan = {
	endStatus: string;
	error: unknown;
	outputLateMs: number;
	notFoundMs: number;
	shape?: OutputShape;
	immediate?: 'url' | 'b64';
	terminalAnswer?: true;
};

const ERRORS: Record<string, unknown> = {
	failed: { message: 'The provider failed to generate the image', code: 'provider_error' },
	refunded: { message: 'The job failed and its hold was refunded', code: 'refunded' },
	expired: { message: 'The job took longer than 5 minutes', code: 'job_expired' },
	cancelled: { message: 'The job was cancelled', code: 'cancelled' },
	error: { message: 'Internal error of the runner', code: 'internal_error' },
};

function toPatch(kind: JobKind): Partial<JobPlan> {
	switch (kind.type) {
		case 'job':
			return {
				endStatus: kind.status,
				error: 'error' in kind ? kind.error : (ERRORS[kind.status] ?? null),
			};
		case 'lateOutput':
			return { outputLateMs: kind.ms };
		case 'lateOutputForever':
			return { outputLateMs: Number.POSITIVE_INFINITY };
		case 'notFoundFor':
			return { notFoundMs: kind.ms };
		case 'immediate':
			return { immediate: kind.shape };
		case 'outputShape':
			return { shape: kind.shape };
		case 'terminalAnswer':
			return { terminalAnswer: true };
	}
}

export function planJob(kinds: JobKind[]): JobPlan {
	const plan: JobPlan = { endStatus: 'succeeded', error: null, outputLateMs: 0, notFoundMs: 0 };
	return Object.assign(plan, ...kinds.map(toPatch)) as JobPlan;
}

/** A job planned to end in one of these never ends. */
export const neverEnds = ({ endStatus }: JobPlan): boolean => endStatus === 'pending' || endStatus === 'processing';
