import { createApi } from './api';
import { configure } from './configure';
import { addFault } from './faults';
import { createImageHost } from './images';
import { imageBytesOf } from './render/gallery';
import { listen } from './server';
import type { Listening } from './server';
import { toSettings } from './settings';
import type { Simulator, SimulatorOptions } from './types';
import { clearTimers, createWorld, resetWorld } from './world';
import type { World } from './world';

export type * from './types';

async function imageFor(world: World, jobId: string, index: number): Promise<Buffer> {
	const record = world.records.get(jobId);
	if (!record?.job.imageUrls[index]) throw new Error(`Job ${jobId} has no image ${index}`);
	return await imageBytesOf(world, record, index);
}

type Parts = { world: World; api: Listening; images: Listening; reset: () => void };

function toSimulator({ world, api, images, reset }: Parts): Simulator {
	return {
		url: `${api.origin}/v1`,
		origin: api.origin,
		imageOrigin: images.origin,
		apiKey: world.settings.apiKeys[0] ?? '',
		requests: world.requests,
		jobs: world.jobs,
		get balanceUsd() {
			return world.money.balanceUsd;
		},
		get heldUsd() {
			return world.money.heldUsd;
		},
		get chargedUsd() {
			return world.money.chargedUsd;
		},
		addFault: (fault) => addFault(world.faults, fault),
		clearFaults: () => void (world.faults.active = []),
		configure: (patch) => configure(world, patch),
		imageFor: async (jobId, index = 0) => await imageFor(world, jobId, index),
		reset,
		async close() {
			clearTimers(world);
			await Promise.all([api.close(), images.close()]);
		},
	};
}

/** Starts a stand-in for the whole Kyma API: its API and its image host, each on its own port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, imagePort = 0, host = '127.0.0.1', ...rest } = options;
	const world = createWorld(toSettings(rest));
	const reset = () => resetWorld(world, toSettings(rest));
	const images = await listen(createImageHost(world), imagePort, host);
	const api = await listen(createApi(world, reset), port, host).catch(async (error: unknown) => {
		await images.close();
		throw error;
	});
	world.imageOrigin = images.origin;
	return toSimulator({ world, api, images, reset });
}
