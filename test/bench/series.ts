import type { EChartsOption } from 'echarts';

import type { Row } from './rows';
import type { Subject } from './types';

/** Colour of all text. */
export const INK = '#33302c';
export const COLOURS = { kyma: '#e8590c', loop: '#5c7cfa', sequential2s: '#a6a7ab', sequential5s: '#ced4da', ideal: '#2b8a3e' };
export const NAMES = { kyma: 'Kyma Image', loop: 'Wait + IF loop', sequential2s: 'one by one, 2 s', sequential5s: 'one by one, 5 s' };

/** One chart of the plot. */
export type Panel = { title: string; x: EChartsOption['xAxis']; y: EChartsOption['yAxis']; series: object[] };

export const category = (data: string[]) => ({ type: 'category', data, axisLabel: { color: INK, interval: 0, lineHeight: 14 } }) as const;
export const value = (name: string, type: 'value' | 'log' = 'value') =>
	({
		type,
		name,
		nameTextStyle: { color: INK, align: 'left' },
		axisLabel: { color: INK },
		splitLine: { lineStyle: { color: '#e9e6e1' } },
	}) as const;

export const bar = (subject: Subject, rows: Row[], read: (row: Row) => number | undefined) => ({
	type: 'bar',
	name: NAMES[subject],
	itemStyle: { color: COLOURS[subject] },
	data: rows.map((row) => read(row) ?? null),
	label: { show: true, position: 'top', color: INK, fontSize: 10 },
});

export const line = (name: string, color: string, data: Array<number | null>) => ({ type: 'line', name, color, symbolSize: 7, data });
