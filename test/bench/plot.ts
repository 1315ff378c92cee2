import { init } from 'echarts';
import type { EChartsOption } from 'echarts';

import { buildPanels } from './panels';
import { INK } from './series';
import type { Panel } from './series';
import type { Results } from './suite';

const WIDTH = 1_100;
const ROW_HEIGHT = 330;
const PANEL = { width: 410, height: 190 };

function toOption(panels: Panel[]): EChartsOption {
	const place = (index: number) => ({ left: 70 + (index % 2) * 540, top: 90 + Math.floor(index / 2) * ROW_HEIGHT });
	return {
		animation: false,
		backgroundColor: '#ffffff',
		textStyle: { fontFamily: 'system-ui, sans-serif', color: INK },
		title: panels.map(({ title }, index) => ({
			text: title,
			left: place(index).left - 30,
			top: place(index).top - 65,
			textStyle: { fontSize: 15, color: INK },
		})),
		legend: panels.map(({ series }, index) => ({
			data: series.map((entry) => (entry as { name: string }).name),
			left: place(index).left - 35,
			top: place(index).top + PANEL.height + 42,
			itemWidth: 12,
			itemHeight: 10,
			itemGap: 12,
			textStyle: { fontSize: 11, color: INK },
		})),
		grid: panels.map((_, index) => ({ ...place(index), ...PANEL })),
		xAxis: panels.map(({ x }, gridIndex) => ({ ...x, gridIndex })) as EChartsOption['xAxis'],
		yAxis: panels.map(({ y }, gridIndex) => ({ ...y, gridIndex })) as EChartsOption['yAxis'],
		series: panels.flatMap(({ series }, index) =>
			series.map((entry) => ({ ...entry, xAxisIndex: index, yAxisIndex: index })),
		) as EChartsOption['series'],
	};
}

/** The plot of a run as one SVG. */
export function toSvg(results: Results): string {
	const panels = buildPanels(results);
	const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: Math.ceil(panels.length / 2) * ROW_HEIGHT + 40 });
	chart.setOption(toOption(panels));
	const svg = chart.renderToSVGString();
	chart.dispose();
	return svg;
}
