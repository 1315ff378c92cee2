/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { KILLED } from './pool';
import type { Pool } from './pool';
import type { Entry, Outcome, Plan } from './types';

/** Runs the plan of an entry to its end, whatever happens to the worker; undefined when it hangs. */
export type Runner = (entry: Entry, baseUrl: string) => Promise<Outcome | undefined>;

const within = async <T>(work: Promise<T>, { boundMs }: Plan): Promise<T | undefined> => {
	const bound = new AbortController();
	const timer = sleep(boundMs, undefined, { signal: bound.signal, ref: false }).catch(() => undefined);
	try {
		return await Promise.race([work, timer]);
	} finally {
		bound.abort();
	}
};

async function killLater(kill: () => void, afterMs: number | undefined): Promise<void> {
	if (afterMs === undefined) return;
	await sleep(afterMs, undefined, { ref: false });
	kill();
}

/** In worker processes, which are killed as planned; the execution is then given to another worker. */
export const runInPool =
	(pool: Pool): Runner =>
	async (entry, baseUrl) => {
		const { plan, killedAt } = entry;
		let kills = 0;
		const runOnce = async () => {
			const afterMs = plan.killsAfterMs[kills];
			kills += 1;
			const run = pool.run(plan, baseUrl, (kill) => void killLater(kill, afterMs));
			return await within(run, plan);
		};
		for (;;) {
			const outcome = await runOnce();
			if (outcome !== KILLED) return outcome;
			killedAt.push(Date.now());
		}
	};
