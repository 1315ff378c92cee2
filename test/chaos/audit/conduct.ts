import type { Evidence, LedgerJob, Verdict } from '../types';
import { findDeliveries, isOf } from './deliveries';
import type { Delivery } from './deliveries';

const toSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

export function findHungRuns({ entries }: Evidence): Verdict {
	const findings = entries
		.filter(({ outcome }) => outcome === undefined)
		.map(({ plan }) => `${plan.executionId}: no end after ${plan.boundMs} ms`);
	const longestMs = Math.max(0, ...entries.map(({ outcome }) => (outcome ? outcome.endedAt - outcome.startedAt : 0)));
	return { name: 'Hung runs', findings, note: `${entries.length} runs, the longest took ${toSeconds(longestMs)}` };
}

/** A run that was stopped ends soon; a busy machine is given some time. */
const STOP_BOUND_MS = 2_000;

export function findSlowStops({ entries }: Evidence): Verdict {
	const tookMs = entries.flatMap(({ plan, outcome }) => {
		const isStopped = outcome?.stoppedAt !== undefined && outcome.endedAt >= outcome.stoppedAt;
		return isStopped ? [{ plan, ms: outcome.endedAt - (outcome.stoppedAt ?? 0) }] : [];
	});
	const findings = tookMs.filter(({ ms }) => ms > STOP_BOUND_MS).map(({ plan, ms }) => `${plan.executionId}: ${ms} ms`);
	const slowest = Math.max(0, ...tookMs.map(({ ms }) => ms));
	return { name: 'Runs that went on after Stop', findings, note: `${tookMs.length} stopped, the slowest took ${slowest} ms` };
}

/** The key belongs to the API host alone. */
export function findLeaks({ requestSightings, entries }: Evidence): Verdict {
	const fromRuns = entries.flatMap(({ plan, outcome, rerun }) =>
		[outcome, rerun].flatMap((one) => one?.sightings.map((place) => `${plan.executionId}: ${place}`) ?? []),
	);
	return { name: 'Key sightings outside the API host', findings: [...requestSightings, ...fromRuns] };
}

function isRight({ imageIndex, sha256 }: Delivery, jobs: LedgerJob[]): boolean {
	return jobs.some(({ images }) => images[imageIndex] === sha256);
}

/** What is delivered is, byte for byte, the image that the API made for this item. */
export function findWrongContent({ entries, ledger }: Evidence): Verdict {
	const delivered = entries.flatMap(({ plan, outcome, rerun }) => {
		const jobs = ledger.filter(({ executionId }) => executionId === plan.executionId);
		const deliveries = [outcome, rerun].flatMap((one) => (one ? findDeliveries(one) : []));
		return deliveries.map((delivery) => {
			const own = jobs.filter((job) => job.itemIndex === delivery.itemIndex && isOf(job, delivery));
			return { delivery, plan, isRight: isRight(delivery, own) };
		});
	});
	const findings = delivered.flatMap(({ delivery, plan, isRight: right }) =>
		right ? [] : [`${plan.executionId} item ${delivery.itemIndex}, image ${delivery.imageIndex} of job ${delivery.jobId}`],
	);
	return { name: 'Wrong-content deliveries', findings, note: `${delivered.length} images delivered` };
}
