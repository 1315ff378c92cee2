import { COLOURS, NAMES, bar, category, line, value } from './series';
import type { Panel } from './series';
import type { Row } from './rows';
import type { Results } from './suite';
import type { Subject } from './types';

const seconds = (row: Row, subject: Subject) => {
	const outcome = row.outcomes[subject];
	if (!outcome || outcome.error !== undefined) return undefined;
	const taken = outcome.wallMs.median / 1000;
	return Number(taken.toFixed(taken < 100 ? 1 : 0));
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
					.replace(', queue of 6', '')
					.replace(', ', '\n'),
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

function itemsPanel({ items }: Results): Panel {
	return {
		title: 'Time by number of items (3 s per job, 38 at once)',
		x: category(items.map((row) => `${row.items}`)),
		y: value('seconds, log scale', 'log'),
		series: [
			line(
				NAMES.kyma,
				COLOURS.kyma,
				items.map((row) => seconds(row, 'kyma') ?? null),
			),
			line(
				'ideal',
				COLOURS.ideal,
				items.map(({ idealMs = 0 }) => idealMs / 1000),
			),
		],
	};
}

function sizesPanel({ sizes }: Results): Panel {
	const read = ({ outcomes }: Row) => (outcomes.kyma ? Math.round(outcomes.kyma.peakRssMb.median) : null);
	return {
		title: 'Peak memory by image size',
		x: category(sizes.map(({ title }) => title.replace('10 images of ', ''))),
		y: { ...value('MB, 10 images'), min: 0 },
		series: [line(NAMES.kyma, COLOURS.kyma, sizes.map(read))],
	};
}

/** The charts of a run; one without data is left out. */
export function buildPanels(results: Results): Panel[] {
	const { table, memory, items, sizes, cpu, cadence } = results;
	const candidates: Array<[number, (from: Results) => Panel]> = [
		[table.length, wallPanel],
		[memory.length, memoryPanel],
		[items.length, itemsPanel],
		[sizes.length, sizesPanel],
		[cpu.length, cpuPanel],
		[cadence.length, cadencePanel],
	];
	return candidates.flatMap(([rows, build]) => (rows > 0 ? [build(results)] : []));
}
