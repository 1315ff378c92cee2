import type { Results } from './suite';
import type { Outcome, Row } from './rows';

/** One promise of speed, and what was measured. */
export type Verdict = { target: string; limit: number; measured: number; unit: string; isMet: boolean };

/** Two arrivals of requests 1 s apart may be measured a little closer. */
const CLOCK_SLACK_MS = 5;

const verdict = (target: string, unit: string, limit: number, measured: number | undefined): Verdict[] =>
	measured === undefined || !Number.isFinite(measured) ? [] : [{ target, limit, measured, unit, isMet: measured <= limit }];

const find = (rows: Row[], id: string): Outcome | undefined => rows.find((row) => row.id === id)?.outcomes.kyma;
const wallS = (rows: Row[], id: string): number | undefined => {
	const ms = find(rows, id)?.wallMs.median;
	return ms === undefined ? undefined : ms / 1000;
};
const ratio = (a: number | undefined, b: number | undefined): number | undefined =>
	a === undefined || b === undefined ? undefined : Number((a / b).toFixed(3));

const toIdealRatio = ({ table }: Results, id: string): number | undefined => {
	const idealMs = table.find((row) => row.id === id)?.idealMs;
	return ratio(find(table, id)?.wallMs.median, idealMs);
};

function judgeWall(results: Results): Verdict[] {
	const { table } = results;
	const refused = find(table, 'tier0')?.traffic.map((traffic) => traffic.refused / traffic.submits);
	return [
		...verdict('1 item, job of 3 s: wall', 's', 3.7, wallS(table, 'one')),
		...verdict('4 items ÷ 1 item', '×', 1.25, ratio(wallS(table, 'four'), wallS(table, 'one'))),
		...verdict('100 items, 38 at once ÷ ideal', '×', 1.2, toIdealRatio(results, 'hundred')),
		...verdict('50 items on Tier 0 ÷ ideal', '×', 1.25, toIdealRatio(results, 'tier0')),
		...verdict('50 items on Tier 0: submits answered 429', '%', 10, refused && Math.max(...refused) * 100),
	];
}

function judgePolls({ waits }: Results): Verdict[] {
	const all = waits.flatMap(({ outcomes }) => outcomes.kyma?.traffic ?? []);
	const gaps = all.flatMap(({ minGapMs }) => (minGapMs === null ? [] : [minGapMs]));
	const counts = [1, 10, 30].flatMap((seconds) => {
		const polls = find(waits, `wait-${seconds}s`)?.traffic.map(({ maxPollsPerJob }) => maxPollsPerJob);
		return verdict(`polls of a job of ${seconds} s`, '', seconds + 2, polls && Math.max(...polls));
	});
	const late = find(waits, 'wait-60s')?.traffic.flatMap(({ lateGapMs }) => (lateGapMs === null ? [] : [lateGapMs]));
	const inStep = find(waits, 'wait-38')?.traffic.map(({ inStepShare }) => inStepShare);
	return [
		...counts,
		...verdict('1 s − shortest time between two polls of a job', 'ms', CLOCK_SLACK_MS, gaps.length ? 1000 - Math.min(...gaps) : undefined),
		...verdict('2 s − usual time between polls after 30 s', 'ms', CLOCK_SLACK_MS, late?.length ? 2000 - Math.min(...late) : undefined),
		...verdict('38 jobs: share of them polled within the same 50 ms', '×', 0.5, inStep && Math.max(...inStep)),
	];
}

function judgeCost({ memory, cpu, startup }: Results): Verdict[] {
	const [few, many] = [find(memory, 'memory-5'), find(memory, 'memory-100')];
	const growth = few && many && Number((many.peakRssMb.median - few.peakRssMb.median).toFixed(1));
	const [first, last] = [cpu.at(0), cpu.at(-1)];
	return [
		...verdict('100 images of 8 MB: peak memory beyond that of 5', 'MB', 48, growth),
		...cpu.flatMap((row) => verdict(`own CPU per item, ${row.items} items`, 'ms', 2, row.oursMs.median)),
		...(cpu.length > 1
			? verdict('own CPU per item, most ÷ fewest items', '×', 1.25, ratio(last?.oursMs.median, first?.oursMs.median))
			: []),
		...verdict('loading the built node', 'ms', 60, startup?.loadMs.median),
		...verdict('network calls while loading', '', 0, startup?.calls.length),
	];
}

/** What issue and README promise, held against one run of the benchmark. */
export const judge = (results: Results): Verdict[] => [...judgeWall(results), ...judgePolls(results), ...judgeCost(results)];
