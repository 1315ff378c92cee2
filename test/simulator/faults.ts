import { checkFault, isJobKind } from './fault-kinds';
import type { AnswerKind, Fault, ImageKind, JobKind } from './fault-kinds';
import type { RecordedRequest } from './types';

type ActiveFault = { fault: Fault; seen: number; struck: number };

export type FaultBox = { active: ActiveFault[]; random: () => number };

/** @returns a function that takes the fault away again. */
export function addFault(box: FaultBox, fault: Fault): () => void {
	const active: ActiveFault = { fault: checkFault(fault), seen: 0, struck: 0 };
	box.active.push(active);
	return () => {
		box.active = box.active.filter((other) => other !== active);
	};
}

function strikes(active: ActiveFault, request: RecordedRequest, random: () => number): boolean {
	const { match, rate, skip = 0 } = active.fault;
	const { times = rate === undefined ? 1 : Number.POSITIVE_INFINITY } = active.fault;
	if (match && !match(request)) return false;
	active.seen += 1;
	if (active.seen <= skip || active.struck >= times) return false;
	if (rate !== undefined && random() >= rate) return false;
	active.struck += 1;
	return true;
}

function note(request: RecordedRequest, { name, kind }: Fault): void {
	const label = name ?? kind.type;
	request.fault = request.fault ? `${request.fault}+${label}` : label;
}

/**
 * Takes the delays and the one broken answer due for this request, in the order the faults were added.
 * A fault behind another one waits its turn, so two faults make a sequence of two bad answers.
 */
export function takeAnswerFaults(box: FaultBox, request: RecordedRequest): { delayMs: number; answer?: AnswerKind | ImageKind } {
	let delayMs = 0;
	let answer: AnswerKind | ImageKind | undefined;
	for (const active of box.active) {
		const { kind, on } = active.fault;
		if (on !== request.route || isJobKind(kind)) continue;
		if (kind.type !== 'delay' && answer) continue;
		if (!strikes(active, request, box.random)) continue;
		note(request, active.fault);
		if (kind.type === 'delay') delayMs += kind.ms;
		else answer = kind;
	}
	return { delayMs, answer };
}

/** Takes what is to go wrong with the job this submit is about to create; a replay creates none. */
export function takeJobFaults(box: FaultBox, request: RecordedRequest): JobKind[] {
	const taken: JobKind[] = [];
	for (const active of box.active) {
		const { kind, on } = active.fault;
		if (on !== 'submit' || !isJobKind(kind)) continue;
		if (taken.some((other) => other.type === kind.type)) continue;
		if (!strikes(active, request, box.random)) continue;
		note(request, active.fault);
		taken.push(kind);
	}
	return taken;
}
