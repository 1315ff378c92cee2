import { notTestable } from '../finding';
import type { Check, Source } from '../types';

const leave = (id: string, source: Source, fact: string, why: string): Check => ({ id, fact, source, run: async () => notTestable(why) });

/** Facts that the code relies on and that cannot be asked for: they stand in the report so that nobody takes them for checked. */
export const OPEN: Check[] = [
	leave('insufficient-credits', 'documented', 'A balance that is too low is refused with 402', 'needs an empty account'),
	leave('queue-cap', 'documented', 'A full queue is refused with 429 and Retry-After in seconds', 'needs more jobs than a check may cost'),
	leave('server-errors', 'documented', '5xx means that every provider failed, and may be tried again', 'happens at random'),
	leave('five-minutes', 'documented', 'Kyma gives a job up after 5 minutes', 'needs a job that takes as long'),
	leave('late-output', 'seen in clients', 'A job may say succeeded a moment before its output is there', 'happens at random'),
	leave('immediate-answer', 'seen in clients', 'Some providers answer in the OpenAI shape, without a job', 'happens at random'),
	leave('other-endings', 'seen in clients', 'A job may end as cancelled or error', 'happens at random'),
	leave('replay-of-failed', 'assumed', 'The key of a failed job gives that failed job back', 'needs a failure on demand'),
	leave('key-lifetime', 'assumed', 'An idempotency key is kept as long as an execution may be retried', 'needs days'),
	leave('cancel', 'assumed', 'There is no way to cancel a job', 'nothing to call'),
];
