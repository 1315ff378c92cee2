/* eslint-disable @n8n/community-nodes/no-restricted-globals */
// Drives the package in n8n's queue mode, with real Redis, PostgreSQL and workers: `npm run test:queue`.
import { Command, InvalidArgumentError } from 'commander';

import { runQueueTests } from './suite';
import type { Flags } from './suite';

function toCount(text: string): number {
	const count = Number(text);
	if (Number.isInteger(count) && count > 0) return count;
	throw new InvalidArgumentError('A whole number above 0 is needed.');
}

const command = new Command('test:queue')
	.description("Runs the package in n8n's queue mode: Redis, PostgreSQL, a main process and workers, which are killed and cut off")
	.option('--quick', 'two minutes: fewer calls, two kills, one outage', false)
	.option(
		'--only <keys>',
		'comma-separated: throughput, editor, cap, kills, no-key, two-steps, kill-wait, drain, redis, postgres, kyma, images, filesystem, s3, rerun',
	)
	.option('--calls <n>', 'webhook calls of each throughput measurement', toCount)
	.option('--kills <n>', 'how many workers are killed', toCount)
	.option('--out <file>', 'where to put the figures, beside those already there (default: bench/results/queue.json, for a whole run only)');

runQueueTests(command.parse().opts<Flags>()).then(
	(isGood) => process.exit(isGood ? 0 : 1),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
