/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { FaultBox } from './faults';
import type { JobRecord } from './jobs';
import type { Lane } from './lanes';
import { createRandom } from './random';
import type { Gallery } from './render/gallery';
import { createGallery } from './render/gallery';
import type { Job, RecordedRequest, Settings } from './types';

/** Everything the simulator remembers; the functions of the other files work on it. */
export type World = {
	settings: Settings;
	requests: RecordedRequest[];
	jobs: Job[];
	records: Map<string, JobRecord>;
	replays: Map<string, JobRecord>;
	lanes: Map<string, Lane>;
	money: { balanceUsd: number; heldUsd: number; chargedUsd: number };
	faults: FaultBox;
	gallery: Gallery;
	timers: Set<NodeJS.Timeout>;
	random: () => number;
	imageOrigin: string;
};

export function createWorld(settings: Settings): World {
	const random = createRandom(settings.seed);
	return {
		settings,
		requests: [],
		jobs: [],
		records: new Map(),
		replays: new Map(),
		lanes: new Map(),
		money: { balanceUsd: settings.balanceUsd, heldUsd: 0, chargedUsd: 0 },
		faults: { active: [], random: createRandom(settings.seed + 1) },
		gallery: createGallery(),
		timers: new Set(),
		random,
		imageOrigin: '',
	};
}

export function clearTimers(world: World): void {
	for (const timer of world.timers) clearTimeout(timer);
	world.timers.clear();
}

/** Back to the start, in the same arrays, so that whoever holds `jobs` or `requests` sees them empty. */
export function resetWorld(world: World, settings: Settings): void {
	clearTimers(world);
	const { requests, jobs, imageOrigin } = world;
	requests.length = 0;
	jobs.length = 0;
	Object.assign(world, createWorld(settings), { requests, jobs, imageOrigin });
}

/** Resolves after `ms`; never, when the simulator is reset or closed before. Never keeps Node alive. */
export async function wait(world: World, ms: number): Promise<void> {
	await new Promise<void>((resolve) => {
		const timer = setTimeout(() => {
			world.timers.delete(timer);
			resolve();
		}, ms);
		timer.unref();
		world.timers.add(timer);
	});
}
