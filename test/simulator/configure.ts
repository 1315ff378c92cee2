import { startQueued } from './lanes';
import { checkOptions } from './settings';
import type { World } from './world';

const OPTIONAL = new Set(['jobDurationMs', 'imageBytes', 'onRequest']);

/**
 * Changes settings of a running simulator; jobs already running keep their duration.
 * `undefined` takes back `jobDurationMs` and `imageBytes`.
 * @throws a sentence naming the option that makes no sense
 */
export function configure(world: World, patch: unknown): void {
	const checked = checkOptions(patch);
	for (const [name, value] of Object.entries(checked)) {
		if (value !== undefined || OPTIONAL.has(name)) Object.assign(world.settings, { [name]: value });
	}
	if (checked.balanceUsd !== undefined) world.money.balanceUsd = checked.balanceUsd;
	for (const apiKey of world.lanes.keys()) startQueued(world, apiKey);
}
