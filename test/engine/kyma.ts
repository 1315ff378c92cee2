import type { INode } from 'n8n-workflow';

import { startSimulator } from '../simulator';
import type { Simulator, SimulatorOptions } from '../simulator';
import { runWorkflow } from './engine';
import type { EngineOptions, EngineResult } from './engine';

export type Bench = {
	readonly kyma: Simulator;
	/** Runs the node once in n8n's engine, against the simulator. */
	run: (parameters: INode['parameters'], options?: Partial<EngineOptions>) => Promise<EngineResult>;
	/** How many requests of a route the simulator has seen. */
	count: (route: string) => number;
};

/** A simulator for the tests of one file, forgotten between tests. */
export function useSimulator(options: SimulatorOptions = {}): Bench {
	let kyma: Simulator;
	beforeAll(async () => {
		kyma = await startSimulator({ speed: 0, ...options });
	});
	afterEach(() => kyma.reset());
	afterAll(async () => await kyma.close());
	return {
		get kyma() {
			return kyma;
		},
		run: async (parameters, engine = {}) => await runWorkflow({ baseUrl: kyma.url, apiKey: kyma.apiKey, parameters, ...engine }),
		count: (route) => kyma.requests.filter((request) => request.route === route).length,
	};
}

/** A model as the panel stores it when its ID is typed. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Parameters of Generate Image. */
export const generate = (options: Record<string, unknown> = {}, more: Record<string, unknown> = {}): INode['parameters'] =>
	({ operation: 'generate', model: byId('nano-banana'), prompt: 'A red bicycle', options, ...more }) as INode['parameters'];

/** Parameters of Edit Image with a source address. */
export const edit = (imageUrls: unknown, options: Record<string, unknown> = {}, more: Record<string, unknown> = {}): INode['parameters'] =>
	({
		operation: 'edit',
		model: byId('nano-banana'),
		prompt: 'Make it blue',
		inputType: 'url',
		imageUrls,
		options,
		...more,
	}) as INode['parameters'];

/** Parameters of Edit Image with binary sources. */
export const editBinary = (binaryPropertyName: unknown, options: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
	edit('', options, { inputType: 'binary', binaryPropertyName, ...more });

export const getJob = (jobId: string, options: Record<string, unknown> = {}): INode['parameters'] =>
	({ operation: 'getJob', jobId, options }) as INode['parameters'];

export const continueOnFail: Partial<EngineOptions> = { settings: { onError: 'continueRegularOutput' } };
