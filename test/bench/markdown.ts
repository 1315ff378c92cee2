import type { Outcome, Row } from './rows';
import type { Stat } from './stats';
import type { Results } from './suite';
import type { Verdict } from './targets';
import type { Subject } from './types';

const HEADS: Record<Subject, string> = {
	kyma: 'Kyma Image',
	loop: 'Wait + IF + HTTP Request, 2 s',
	sequential2s: 'one by one, 2 s',
	sequential5s: 'one by one, 5 s',
};
const SUBJECTS = Object.keys(HEADS) as Subject[];

const toTable = (heads: string[], rows: string[][]): string =>
	[heads, heads.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Median, with the range where there was more than one run. */
export const formatStat = ({ median, min, max, runs }: Stat, unit: string, digits: number, scale = 1): string => {
	const text = (value: number) => (value / scale).toFixed(digits);
	return runs === 1 ? `${text(median)} ${unit}` : `${text(median)} ${unit} (${text(min)}–${text(max)})`;
};

function formatWall(row: Row, outcome: Outcome | undefined, subject: Subject): string {
	if (!row.subjects.includes(subject)) return '–';
	if (!outcome) return 'not run: n8n host not installed';
	const refused = outcome.traffic[0]?.refused ?? 0;
	if (outcome.error !== undefined) return `fails: ${refused} of ${row.items} submits refused (429)`;
	return formatStat(outcome.wallMs, 's', 1, 1000);
}

const formatWalls = ({ table }: Results): string =>
	toTable(
		['', ...SUBJECTS.map((subject) => HEADS[subject]), 'ideal'],
		table.map((row) => [
			row.title,
			...SUBJECTS.map((subject) => formatWall(row, row.outcomes[subject], subject)),
			`${((row.idealMs ?? 0) / 1000).toFixed(1)} s`,
		]),
	);

const formatMemory = ({ memory }: Results): string => {
	const subjects = SUBJECTS.filter((subject) => subject !== 'sequential5s');
	const cell = (outcome?: Outcome) => (outcome ? formatStat(outcome.peakRssMb, 'MB', 0) : 'not run');
	const rows = memory.map((row) => [row.title, ...subjects.map((subject) => cell(row.outcomes[subject]))]);
	return toTable(['peak memory of the process', ...subjects.map((subject) => HEADS[subject])], rows);
};

const formatPolls = ({ waits }: Results): string =>
	toTable(
		['polls', 'polls of one job', 'time between two', 'done after'],
		waits.flatMap(({ title, outcomes: { kyma } }) => {
			const polls = kyma?.traffic.map(({ maxPollsPerJob }) => maxPollsPerJob) ?? [];
			const gaps = kyma?.traffic.flatMap(({ minGapMs, maxGapMs }) => [minGapMs ?? [], maxGapMs ?? []].flat()) ?? [];
			const range = gaps.length === 0 ? '–' : `${(Math.min(...gaps) / 1000).toFixed(2)}–${(Math.max(...gaps) / 1000).toFixed(2)} s`;
			return kyma ? [[title, `${Math.max(...polls)}`, range, formatStat(kyma.wallMs, 's', 1, 1000)]] : [];
		}),
	);

const formatGrowth = (head: string, rows: Row[]): string =>
	toTable(
		[head, 'time', 'CPU of the process per item', 'peak memory'],
		rows.flatMap(({ title, items, outcomes: { kyma } }) =>
			kyma
				? [[title, formatStat(kyma.wallMs, 's', 2, 1000), formatStat(kyma.cpuMs, 'ms', 1, items), formatStat(kyma.peakRssMb, 'MB', 0)]]
				: [],
		),
	);

const formatCpu = ({ cpu }: Results): string =>
	toTable(
		['CPU per item', 'this package', 'n8n and axios', 'Node.js and garbage collection'],
		cpu.map((row) => [`${row.items} items`, ...[row.oursMs, row.n8nMs, row.nodeMs].map((stat) => formatStat(stat, 'ms', 2))]),
	);

const formatCadence = ({ cadence }: Results): string => {
	const known = new Map(cadence.filter(({ isKnown }) => isKnown).map((entry) => [entry.jobMs, entry]));
	const rows = cadence.filter(({ isKnown }) => !isKnown);
	return toTable(
		['duration (simulated time)', 'polls', 'noticed after', 'polls, duration known', 'noticed after'],
		rows.map(({ jobMs, polls, lagMs }) => {
			const other = known.get(jobMs);
			const cells = [polls, lagMs, other?.polls, other?.lagMs].map((stat, index) =>
				stat ? (index % 2 === 0 ? `${stat.median}` : `${(stat.median / 1000).toFixed(1)} s`) : '–',
			);
			return [`${jobMs / 1000} s`, ...cells];
		}),
	);
};

const formatRequests = ({ requests }: Results): string =>
	toTable(
		['one request on loopback', 'time', 'CPU', 'connections'],
		requests.map(({ protocol, client, wallMs, cpuMs, connectionsPerRequest }) => [
			`${protocol}, ${client}`,
			formatStat(wallMs, 'ms', 2),
			formatStat(cpuMs, 'ms', 2),
			connectionsPerRequest.toFixed(2),
		]),
	);

const formatVerdicts = (verdicts: Verdict[]): string =>
	toTable(
		['target', 'limit', 'measured', 'met'],
		verdicts.map(({ target, limit, measured, unit, isMet }) => [
			target,
			`≤ ${limit} ${unit}`.trim(),
			`${Number(measured.toFixed(2))} ${unit}`.trim(),
			isMet ? 'yes' : 'NO',
		]),
	);

/** Every table of a run; those without a row are left out. */
export function toMarkdown(results: Results, verdicts: Verdict[]): string {
	const sections: Array<[number, () => string]> = [
		[verdicts.length, () => formatVerdicts(verdicts)],
		[results.table.length, () => formatWalls(results)],
		[results.memory.length, () => formatMemory(results)],
		[results.waits.length, () => formatPolls(results)],
		[results.cpu.length, () => formatCpu(results)],
		[results.items.length, () => formatGrowth('items', results.items)],
		[results.sizes.length, () => formatGrowth('image size', results.sizes)],
		[results.cadence.length, () => formatCadence(results)],
		[results.requests.length, () => formatRequests(results)],
	];
	return sections.flatMap(([rows, format]) => (rows > 0 ? [format()] : [])).join('\n\n');
}
