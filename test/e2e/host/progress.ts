/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import type { WriteStream } from 'node:tty';

const REDRAW_MS = 250;
const MEASURE_MS = 2_000;
const PLAIN_LINE_EVERY_MS = 30_000;

export type StepOptions = {
	/** What the step usually takes; shown so that a long wait is no surprise. */
	typicalMs?: number;
	/** How far the step is, 0 to 1; undefined while nobody can tell. */
	measure?: () => Promise<number | undefined>;
};

export type Progress = {
	/** Runs `task` and shows what it is, how far it is, and how long it has taken. */
	step: <T>(label: string, task: () => Promise<T>, options?: StepOptions) => Promise<T>;
	note: (text: string) => void;
};

/** 102_000 -> "1m 42s"; below ten seconds with one decimal, "3.1s". */
export function formatDuration(ms: number): string {
	if (ms < 10_000) return `${(ms / 1_000).toFixed(1)}s`;
	const seconds = Math.round(ms / 1_000);
	const minutes = Math.floor(seconds / 60);
	return minutes > 0 ? `${minutes}m ${String(seconds % 60).padStart(2, '0')}s` : `${seconds}s`;
}

function describe(label: string, startedAt: number, fraction: number | undefined, typical: string) {
	const percent = fraction === undefined ? '' : ` ${Math.floor(fraction * 100)} %`;
	return `${label} …${percent} ${formatDuration(Date.now() - startedAt)}${typical}`;
}

type Painter = {
	begin: (line: string) => void;
	draw: (line: string) => void;
	end: (line: string) => void;
	everyMs: number;
};

const CLEAR_LINE = '\r\x1b[2K';

/** One line that is redrawn on a terminal; a few plain lines in a log file. */
function createPainter(stream: WriteStream): Painter {
	if (!stream.isTTY) {
		const write = (line: string) => void stream.write(`${line}\n`);
		return { begin: write, draw: write, end: write, everyMs: PLAIN_LINE_EVERY_MS };
	}
	const draw = (line: string) => {
		stream.write(CLEAR_LINE + line.slice(0, Math.max(20, (stream.columns || 80) - 1)));
	};
	const end = (line: string) => void stream.write(`${CLEAR_LINE}${line}\n`);
	return { begin: draw, draw, end, everyMs: REDRAW_MS };
}

function follow(measure: StepOptions['measure']): {
	fraction: () => number | undefined;
	stop: () => void;
} {
	let fraction: number | undefined;
	let stopped = false;
	const poll = async () => {
		while (measure && !stopped) {
			fraction = await measure().catch(() => fraction);
			await new Promise((resolve) => setTimeout(resolve, MEASURE_MS).unref());
		}
	};
	void poll();
	return { fraction: () => fraction, stop: () => (stopped = true) };
}

/** Shows progress on standard error, so that standard output stays free for results. */
export function createProgress(stream: WriteStream = process.stderr): Progress {
	const painter = createPainter(stream);
	const step: Progress['step'] = async (label, task, { typicalMs, measure } = {}) => {
		const startedAt = Date.now();
		const typical = typicalMs ? ` (usually about ${formatDuration(typicalMs)})` : '';
		const measured = follow(measure);
		painter.begin(`${label} …${typical}`);
		const timer = setInterval(() => painter.draw(describe(label, startedAt, measured.fraction(), typical)), painter.everyMs);
		let outcome = 'failed after';
		try {
			const result = await task();
			outcome = 'done in';
			return result;
		} finally {
			clearInterval(timer);
			measured.stop();
			painter.end(`${label}: ${outcome} ${formatDuration(Date.now() - startedAt)}`);
		}
	};
	return { step, note: (text) => painter.end(text) };
}

/** For callers that want no output at all. */
export const silent: Progress = { step: async (_label, task) => await task(), note: () => {} };
