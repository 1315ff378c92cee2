/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** A time during which a process did not get to work. Milliseconds since 1970. */
export type Stall = { from: number; to: number };

const STEP_MS = 20;
const NOTICEABLE_MS = 100;

/** Notes when this process is held up: what arrives then may be given up before it is seen. */
export function watchStalls(): { stalls: Stall[]; end: () => void } {
	const stalls: Stall[] = [];
	let last = Date.now();
	const timer = setInterval(() => {
		const now = Date.now();
		if (now - last > NOTICEABLE_MS) stalls.push({ from: last, to: now });
		last = now;
	}, STEP_MS);
	timer.unref();
	return { stalls, end: () => clearInterval(timer) };
}

/** How long a process was held up between two moments. */
export const sumStalls = (stalls: Stall[], from: number, to: number): number =>
	stalls.reduce((sum, stall) => sum + Math.max(0, Math.min(stall.to, to) - Math.max(stall.from, from)), 0);
