import type { IExecuteFunctions } from 'n8n-workflow';

import { loadAccount } from './account';
import { createBudget } from './budget';
import type { Budget } from './budget';
import { loadCatalog } from './catalog';
import type { Model, ModelRow } from './catalog';
import type { Downloader } from './download';
import type { KymaError } from './errors';
import { createLimiter, createSlots } from './limiter';
import { createLedger } from './ledger';
import type { Ledger } from './ledger';
import { createMemory } from './memory';
import type { Memory } from './memory';
import type { RunSettings } from './work';

/** One execution of the node over all its input items, and what they share. */
export type Run = Downloader & {
	context: IExecuteFunctions;
	/** Which run of the node within its execution this is, from 0: a loop comes to it again. */
	runIndex: number;
	budget: Budget;
	ledger: Ledger;
	memory: Memory;
	settings: RunSettings;
	/** What the run has learned: the shortest time that a job of a kind took by Kyma's clock, milliseconds. */
	learnedMs: Map<string, number>;
	/** Content of each key the user chose, to notice one key for two different wishes. */
	customKeys: Map<string, string>;
	/** Live models by id, loaded at most once; only a spend limit needs them. */
	getModel: (id: string) => Promise<Model | undefined>;
	/** Set once Kyma has refused the key: the other items fail with it, unsent. */
	keyRefusal?: KymaError;
	/** Ends the run for all items after a failure that is fatal to it. */
	abort: () => void;
};

/** Images on their way at once: enough to fill a line, few enough to keep memory flat. */
const MAX_DOWNLOADS = 4;

/** @throws KymaError `mcpKey`, `baseUrl` */
export async function createRun(context: IExecuteFunctions, settings: RunSettings, rows: ModelRow[]): Promise<Run> {
	const fatal = new AbortController();
	const stopSignal = context.getExecutionCancelSignal() ?? new AbortController().signal;
	const signal = AbortSignal.any([stopSignal, fatal.signal]);
	const account = await loadAccount(context);
	const runIndex = Number(context.evaluateExpression('{{ $runIndex }}', 0));
	const memory = createMemory(context, runIndex);
	let models: Promise<Map<string, Model>> | undefined;
	const loadModels = async () => new Map((await loadCatalog(context, account, rows, signal)).models.map((model) => [model.id, model]));
	return {
		context,
		runIndex,
		account,
		settings,
		signal,
		stopSignal,
		abort: () => fatal.abort(),
		limiter: createLimiter(settings.maxConcurrency),
		downloads: createSlots(MAX_DOWNLOADS),
		prepareBinaryData: context.helpers.prepareBinaryData,
		budget: createBudget(settings.maxSpendUsd),
		memory,
		ledger: createLedger(memory.listJobIds),
		learnedMs: new Map(),
		customKeys: new Map(),
		getModel: async (id) => (await (models ??= loadModels())).get(id),
	};
}
