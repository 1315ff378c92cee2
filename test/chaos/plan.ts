import type { INode } from 'n8n-workflow';

import { createDice } from './dice';
import type { Dice } from './dice';
import { toApiKey } from './secret';
import type { Plan, Wish } from './types';

/** Accounts of the storm: each has its own queue at Kyma. */
export const ACCOUNTS = 40;

const GENERATE = ['nano-banana', 'nano-banana', 'imagen-4-fast', 'recraft-v4-vector', 'flux-2-pro', 'minimax-image-01'] as const;
const EDIT = ['nano-banana', 'flux-kontext-pro', 'flux-2-pro'] as const;
const FORMATS = ['png', 'png', 'jpeg', 'webp', 'gif', 'avif'] as const;
const COLOURS = ['#c0392b', '#27ae60', '#2980b9'] as const;

/** What a wish is called in its prompt, from which the ledger knows it again. */
export const toPrompt = (executionId: string, itemIndex: number): string => `wish ${executionId} item ${itemIndex}`;

export function readPrompt(prompt: string): { executionId: string; itemIndex: number } {
	const [, executionId = '', itemIndex = '-1'] = /^wish (\S+) item (\d+)$/.exec(prompt) ?? [];
	return { executionId, itemIndex: Number(itemIndex) };
}

function rollWish(dice: Dice, isEdit: boolean, prompt: string): Wish {
	const model = dice.pick(isEdit ? EDIT : GENERATE);
	const takesSeveral = model === 'flux-2-pro';
	const isVector = model.endsWith('vector');
	const sources = isEdit ? COLOURS.slice(0, takesSeveral ? dice.between(1, 3) : 1) : [];
	const count = takesSeveral || dice.chance(0.6) ? 1 : dice.between(2, 4);
	const extra = isVector ? '{}' : JSON.stringify({ output_format: dice.pick(FORMATS) });
	return { prompt, model, count, extra, sources: [...sources] };
}

/** What the node does after an item has failed. A run that ends at the first failure has few items. */
function rollMode(dice: Dice): { settings: Partial<INode>; length: number } {
	const retries = dice.chance(0.3) ? { retryOnFail: true, maxTries: dice.between(2, 3), waitBetweenTries: 50 } : {};
	if (dice.chance(0.3)) return { settings: retries, length: dice.between(1, 5) };
	const onError = dice.chance(0.6) ? 'continueRegularOutput' : 'continueErrorOutput';
	return { settings: { onError, ...retries }, length: dice.between(4, 12) };
}

const FROM_ITEM = {
	model: { __rl: true, mode: 'id', value: '={{ $json.model }}' },
	prompt: '={{ $json.prompt }}',
};

function rollParameters(dice: Dice, isEdit: boolean, maxSpend: number | undefined): INode['parameters'] {
	const options = {
		extra: '={{ $json.extra }}',
		maxConcurrency: dice.pick([2, 8, 16]),
		numberOfImages: '={{ $json.count }}',
		outputMode: dice.chance(0.3) ? 'perInput' : 'perImage',
		timeout: dice.between(3, 5),
		...(maxSpend !== undefined && { maxSpend }),
		...(dice.chance(0.05) && { idempotencyKey: '={{ "own-" + $execution.id + "-" + $itemIndex }}' }),
		...(dice.chance(0.05) && { waitForCompletion: false }),
		...(dice.chance(0.3) && { fileName: 'picture' }),
	};
	const source = isEdit ? { operation: 'edit', inputType: 'binary', binaryPropertyName: '={{ $json.fields }}' } : { operation: 'generate' };
	return { ...source, ...FROM_ITEM, options };
}

const toFields = (sources: string[]) => sources.map((_, index) => `source${index}`).join(',');

/** The execution of this number: the same for the same seed, whatever happens to the others. */
export function rollPlan(seed: number, number: number): Plan {
	const dice = createDice(seed, `plan ${number}`);
	const executionId = `${seed}x${number}`;
	const isEdit = dice.chance(0.25);
	const { settings, length } = rollMode(dice);
	const wishes = Array.from({ length }, (_, index) => rollWish(dice, isEdit, toPrompt(executionId, index)));
	const maxSpendUsd = dice.chance(0.12) ? dice.pick([0.15, 0.4, 5]) : undefined;
	return {
		executionId,
		apiKey: toApiKey(number % ACCOUNTS),
		parameters: rollParameters(dice, isEdit, maxSpendUsd),
		settings,
		items: wishes.map(({ sources, ...json }) => ({ json: { ...json, fields: toFields(sources) }, sources })),
		maxSpendUsd,
		stopAfterMs: dice.chance(0.08) ? dice.between(50, 2_500) : undefined,
		killsAfterMs: dice.chance(0.1) ? Array.from({ length: dice.between(1, 2) }, () => dice.between(100, 2_000)) : [],
		boundMs: 60_000,
	};
}

/** Long enough for the jobs that end at all, seconds. */
export const CALM_TIMEOUT_S = 6;

/** A run that fetches jobs by their ids. */
export const buildRecovery = (number: number, jobIds: string[], apiKey: string): Plan => ({
	executionId: `recovery${number}`,
	apiKey,
	parameters: {
		operation: 'getJob',
		jobId: '={{ $json.jobId }}',
		options: { waitForCompletion: true, timeout: CALM_TIMEOUT_S, maxConcurrency: 16 },
	},
	settings: { onError: 'continueRegularOutput' },
	items: jobIds.map((jobId) => ({ json: { jobId }, sources: [] })),
	killsAfterMs: [],
	isCalm: true,
	boundMs: 60_000,
});
