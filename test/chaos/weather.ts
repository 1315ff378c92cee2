import type { RecordedRequest, Simulator } from '../simulator';
import { createRandom, seedOf } from '../simulator/random';
import type { FaultRow } from './faults';

/** Which request of its kind this is for its wish, from 0. */
type Counter = (request: RecordedRequest, subject: string) => number;

function createCounter(): Counter {
	const numbers = new WeakMap<RecordedRequest, number>();
	const totals = new Map<string, number>();
	return (request, subject) => {
		const known = numbers.get(request);
		if (known !== undefined) return known;
		const nth = totals.get(subject) ?? 0;
		totals.set(subject, nth + 1);
		numbers.set(request, nth);
		return nth;
	};
}

/** The wish a request is about: its prompt, also when only the job is named. */
function createSubjects(simulator: Simulator): (request: RecordedRequest) => string {
	const prompts = new Map<string, string>();
	const find = (id: string) => simulator.jobs.find((job) => job.id === id);
	return ({ body, jobId, route, path }) => {
		if (route === 'submit') return String((body as { prompt?: unknown } | undefined)?.prompt);
		if (jobId === undefined) return route;
		const prompt = prompts.get(jobId) ?? String((find(jobId)?.request as { prompt?: unknown } | undefined)?.prompt);
		prompts.set(jobId, prompt);
		return route === 'image' ? `${prompt} ${path.split('?')[0]?.split('/').at(-1)}` : prompt;
	};
}

/**
 * Lets every fault strike at its rate. Whether one strikes depends on the seed, the wish and how often it was asked
 * for, not on the order in which requests arrive: the same seed meets the same faults again.
 */
export function brew(simulator: Simulator, seed: number, rows: FaultRow[]): void {
	const getSubject = createSubjects(simulator);
	const count = createCounter();
	for (const { on, kind, name, rate } of rows) {
		const match = (request: RecordedRequest) => {
			const subject = `${request.route} ${getSubject(request)}`;
			return createRandom(seedOf(`${seed} ${name} ${subject} ${count(request, subject)}`))() < rate;
		};
		simulator.addFault({ on, kind, name, times: Infinity, match });
	}
}
