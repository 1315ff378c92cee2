import { startQueued } from './jobs';
import type { SimulatorOptions } from './types';
import type { World } from './world';

/** Changes settings of a running simulator; jobs already running keep their duration. */
export function configure(world: World, patch: Partial<SimulatorOptions>): void {
	Object.assign(world.settings, patch);
	if (patch.balanceUsd !== undefined) world.money.balanceUsd = patch.balanceUsd;
	for (const apiKey of world.lanes.keys()) startQueued(world, apiKey);
}
