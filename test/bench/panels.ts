import type { EChartsOption } from 'echarts';

import type { Row } from './rows';
import type { Results } from './suite';
import type { Subject } from './types';

/** Colour of all text. */
export const INK = '#33302c';
const COLOURS = { kyma: '#e8590c', loop: '#5c7cfa', sequential2s: '#a6a7ab', sequential5s: '#ced4da', ideal: '#2b8a3e' };
const NAMES = { kyma: 'Kyma Image', loop: 'Wait + IF loop', sequential2s: 'one by one, 2 s', sequential5s: 'one by one, 5 s' };

/** One chart of the plot. */
export type Panel = { title: string; x: EChartsOption['xAxis']; y: EChartsOption['yAxis']; series: object[] };

const category = (data: string[]) => ({ type: 'category', data, axisLabel: { color: INK, interval: 0, lineHeight: 14 } }) as const;
const value = (name: string, type: 'value' | 'log' = 'value') =>
	({
		type,
		name,
		nameTextStyle: { color: INK, align: 'left' },
		axisLabel: { color: INK },
		splitLine: { lineStyle: { color: '#e9e6e1' } },
	}) as const;

const bar = (subject: Subject, rows: Row[], read: (row: Row) => number | undefined) => ({
	type: 'bar',
	name: NAMES[subject],
	itemStyle: { color: COLOURS[subject] },
	data: rows.map((row) => read(row) ?? null),
	label: { show: true, position: 'top', color: INK, fontSize: 10 },
});

const line = (name: string, color: string, data: Array<number | null>) => ({ type: 'line', name, color, symbolSize: 7, data });

const seconds = (row: Row, subject: Subject) => {
	const outcome = row.outcomes[subject];
	return outcome && outcome.error === undefined ? Number((outcome.wallMs.median / 1000).toFixed(1)) : undefined;
};

function wallPanel({ table }: Results): Panel {
	const subjects: Subject[] = ['kyma', 'loop', 'sequential2s', 'sequential5s'];
	const ideal = table.map(({ idealMs = 0 }) => Number((idealMs / 1000).toFixed(1)));
	return {
		title: 'Time until all images are there (3 s per job)',
		x: category(
			table.map(({ title }) =>
				title
					.replace(/, jobs? of [\d.]+ s/, '')
					.replace(/(, | \()/, '\n$1')
					.replace('\n, ', '\n'),
			),
		),
		y: value('seconds, log scale', 'log'),
		series: [
			...subjects.map((subject) => bar(subject, table, (row) => seconds(row, subject))),
			{ type: 'scatter', name: 'ideal', symbol: 'rect', symbolSize: [70, 3], color: COLOURS.ideal, data: ideal },
		],
	};
}

function memoryPanel({ memory }: Results): Panel {
	const subjects: Subject[] = ['kyma', 'loop', 'sequential2s'];
	const read = (row: Row, subject: Subject) => row.outcomes[subject] && Math.round(row.outcomes[subject].peakRssMb.median);
	return {
		title: 'Peak memory of the n8n process',
		x: category(memory.map(({ title }) => title)),
		y: value('MB'),
		series: subjects.map((subject) => bar(subject, memory, (row) => read(row, subject))),
	};
}

function cadencePanel({ cadence }: Results): Panel {
	const of = (known: boolean) => cadence.filter(({ isKnown }) => isKnown === known);
	return {
		title: 'Polls of one job (simulated time)',
		x: category(of(false).map(({ jobMs }) => `${jobMs / 1000}`)),
		y: value('polls, by duration in seconds'),
		series: [
			line(
				'duration unknown',
				'#5c7cfa',
				of(false).map(({ polls }) => polls.median),
			),
			line(
				'duration known',
				COLOURS.kyma,
				of(true).map(({ polls }) => polls.median),
			),
		],
	};
}

function cpuPanel({ cpu }: Results): Panel {
	const stack = (name: string, color: string, data: number[]) => ({
		type: 'bar',
		stack: 'cpu',
		name,
		color,
		data: data.map((ms) => Number(ms.toFixed(2))),
		label: { show: true, color: '#fff', fontSize: 10 },
	});
	return {
		title: 'CPU per item, jobs of 0 s',
		x: category(cpu.map(({ items }) => `${items} items`)),
		y: value('milliseconds'),
		series: [
			stack(
				'this package',
				COLOURS.kyma,
				cpu.map(({ oursMs }) => oursMs.median),
			),
			stack(
				'n8n and axios',
				'#5c7cfa',
				cpu.map(({ n8nMs }) => n8nMs.median),
			),
			stack(
				'Node.js',
				'#868e96',
				cpu.map(({ nodeMs }) => nodeMs.median),
			),
		],
	};
}

/** The charts of a run; one without data is left out. */
export function buildPanels(results: Results): Panel[] {
	const { table, memory, cpu, cadence } = results;
	const candidates: Array<[number, (from: Results) => Panel]> = [
		[table.length, wallPanel],
		[memory.length, memoryPanel],
		[cpu.length, cpuPanel],
		[cadence.length, cadencePanel],
	];
	return candidates.flatMap(([rows, build]) => (rows > 0 ? [build(results)] : []));
}
