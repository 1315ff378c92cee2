/* eslint-disable @n8n/community-nodes/no-restricted-globals */
// A worker process of n8n, as far as a run can tell: runs the executions it is sent, several at a time.
import { createRandom } from '../simulator/random';
import { execute } from './execute';
import type { Plan } from './types';

/** What the pool sends. */
export type Order = { number: number; plan: Plan; baseUrl: string };

Math.random = createRandom(Number(process.env.CHAOS_SEED ?? 1));

process.on('message', ({ number, plan, baseUrl }: Order) => {
	void execute(plan, baseUrl).then(
		(outcome) => process.send?.({ number, outcome }),
		(caught: unknown) => process.send?.({ number, fault: caught instanceof Error ? (caught.stack ?? caught.message) : String(caught) }),
	);
});
process.on('disconnect', () => process.exit(0));
