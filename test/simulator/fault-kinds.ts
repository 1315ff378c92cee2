import { z } from 'zod';
import type { RecordedRequest } from './types';

/** Work done before a broken answer: a submit then has created (and will charge) its job. */
const afterWork = z.boolean().optional();
const status = z.number().int().min(200).max(599).optional();
const kind = <T extends string, S extends z.ZodRawShape>(type: T, fields: S) => z.object({ type: z.literal(type), ...fields }).strict();

/** Faults that replace the answer, on any route. */
const answerKinds = [
	kind('status', {
		status: z.number().int().min(200).max(599),
		code: z.string().optional(),
		message: z.string().optional(),
		errorType: z.string().optional(),
		retryAfter: z.union([z.string(), z.number()]).optional(),
		body: z.string().optional(),
		afterWork,
	}),
	kind('html', { status, afterWork }),
	kind('cutJson', {}),
	kind('empty', { status, afterWork }),
	kind('resetBefore', {}),
	kind('resetAfter', {}),
	kind('hang', { afterWork }),
	kind('delay', { ms: z.number().nonnegative() }),
	kind('redirect', { to: z.string(), status, afterWork }),
	kind('body', { body: z.unknown(), status, afterWork }),
] as const;

/** Faults of the job that a submit creates. */
const jobKinds = [
	kind('job', { status: z.string(), error: z.unknown() }),
	kind('lateOutput', { ms: z.number().nonnegative() }),
	kind('lateOutputForever', {}),
	kind('notFoundFor', { ms: z.number().nonnegative() }),
	kind('immediate', { shape: z.enum(['url', 'b64']) }),
	kind('outputShape', {
		shape: z.enum(['url', 'urls', 'images-strings', 'images-objects', 'data-url', 'data-b64', 'duplicates']),
	}),
	kind('terminalAnswer', {}),
] as const;

/** Faults of the image host's delivery. */
const imageKinds = [
	kind('cutOff', { fraction: z.number().min(0).max(1).optional() }),
	kind('cutOffChunked', { fraction: z.number().min(0).max(1).optional() }),
	kind('slow', { bytesPerSecond: z.number().positive() }),
	kind('wrongType', { contentType: z.string() }),
	kind('content', {
		contentType: z.string(),
		body: z.union([z.string(), z.instanceof(Buffer)]),
	}),
] as const;

const faultKind = z.discriminatedUnion('type', [...answerKinds, ...jobKinds, ...imageKinds]);

export type AnswerKind = z.infer<(typeof answerKinds)[number]>;
export type JobKind = z.infer<(typeof jobKinds)[number]>;
export type ImageKind = z.infer<(typeof imageKinds)[number]>;
export type FaultKind = z.infer<typeof faultKind>;

const places = ['submit', 'poll', 'image', 'registry', 'pricing', 'limits', 'balance', 'tiers'] as const;
export type FaultPlace = (typeof places)[number];

export type Fault = {
	on: FaultPlace;
	kind: FaultKind;
	/** How many requests it strikes. Default 1; with `rate`, Infinity. */
	times?: number;
	/** Lets the first matching requests pass. */
	skip?: number;
	/** Probability per matching request, 0 to 1, from the simulator's seed. */
	rate?: number;
	match?: (request: RecordedRequest) => boolean;
	name?: string;
};

const faultSchema = z
	.object({
		on: z.enum(places),
		kind: faultKind,
		times: z.number().nonnegative().optional(),
		skip: z.number().int().nonnegative().optional(),
		rate: z.number().min(0).max(1).optional(),
		match: z.function().optional(),
		name: z.string().optional(),
	})
	.strict();

const typesOf = (kinds: readonly { shape: { type: { value: string } } }[]) => new Set(kinds.map((each) => each.shape.type.value));
const jobTypes = typesOf(jobKinds);
const imageTypes = typesOf(imageKinds);

export const isJobKind = (candidate: FaultKind): candidate is JobKind => jobTypes.has(candidate.type);
export const isImageKind = (candidate: FaultKind): candidate is ImageKind => imageTypes.has(candidate.type);

/** @throws a sentence when the fault is misspelt or stands where it cannot strike. */
export function checkFault(fault: Fault): Fault {
	const parsed = faultSchema.safeParse(fault);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw new Error(`Not a fault: ${issue?.path.join('.')}: ${issue?.message}`);
	}
	const { on, kind: struck } = fault;
	if (isJobKind(struck) && on !== 'submit') throw new Error(`"${struck.type}" needs on: "submit"`);
	if (isImageKind(struck) && on !== 'image') throw new Error(`"${struck.type}" needs on: "image"`);
	if (struck.type === 'cutJson' && on === 'image') throw new Error('"cutJson" needs an API route');
	return fault;
}

/** A fault out of JSON, where `times` may be the word "Infinity". */
export function parseFault(json: unknown): Fault {
	const fault = json as Omit<Fault, 'times'> & { times?: number | 'Infinity' };
	const times = fault?.times === 'Infinity' ? Number.POSITIVE_INFINITY : fault?.times;
	return checkFault(times === undefined ? (fault as Fault) : { ...fault, times });
}
