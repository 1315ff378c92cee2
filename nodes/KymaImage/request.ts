import { QUALITIES } from '../shared/catalog';
import type { ModelRow, Quality } from '../shared/catalog';
import type { JobRequest } from '../shared/job';
import type { Delivery, RunSettings, Submission } from '../shared/work';
import { findModel } from './models';
import { invalid } from './parameters';
import type { Reader } from './parameters';

/** Kyma: at most 4000 characters. */
const MAX_PROMPT_LENGTH = 4_000;
const MAX_KEY_LENGTH = 128;
const DEFAULT_TIMEOUT_S = 330;
const DEFAULT_CONCURRENCY = 8;
/** Kyma takes `auto`, `WIDTHxHEIGHT` or an aspect ratio. */
const SIZE = /^(auto|[1-9]\d{1,4}x[1-9]\d{1,4}|[1-9]\d?:[1-9]\d?)$/i;

/** @throws KymaError `parameter` */
function readPrompt(reader: Reader): string {
	if (Array.isArray(reader.value('prompt'))) throw invalid('Prompt', 'it is a list, Split Out makes an item of each of its prompts');
	const prompt = reader.text('prompt').trim();
	if (prompt === '') throw invalid('Prompt', 'it is empty, describe the image');
	if (prompt.length > MAX_PROMPT_LENGTH) {
		throw invalid('Prompt', `it has ${prompt.length} characters, Kyma takes ${MAX_PROMPT_LENGTH}`);
	}
	return prompt;
}

/** @throws KymaError `parameter` */
function readSize(reader: Reader): string | undefined {
	const customSize = reader.textOption('customSize')?.replace(/\s|px/gi, '').replace('×', 'x').toLowerCase();
	if (customSize !== undefined && !SIZE.test(customSize)) {
		throw invalid('Custom Size', `"${reader.textOption('customSize')}" is not a size such as 1536x1024`);
	}
	const size = customSize ?? reader.textOption('aspectRatio');
	if (size === undefined || size === 'auto') return undefined;
	if (SIZE.test(size)) return size;
	throw invalid('Aspect Ratio', `"${size}" is not a ratio such as 16:9`);
}

/** `extra` of the API: Seed and Style, overridden by Extra Parameters. @throws KymaError `parameter` */
function readExtra(reader: Reader): Record<string, unknown> | undefined {
	const seed = reader.numberOption('seed', 'Seed', { min: Number.MIN_SAFE_INTEGER, isInteger: true });
	const style = reader.textOption('style');
	const merged = { ...(seed !== undefined && { seed }), ...(style && { style }), ...toObject(reader.option('extra')) };
	return Object.keys(merged).length > 0 ? merged : undefined;
}

function toObject(value: unknown): Record<string, unknown> {
	const parsed = typeof value === 'string' ? parseJson(value) : (value ?? {});
	if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
	throw invalid('Extra Parameters', 'it must be a JSON object such as {"seed": 7}');
}

function parseJson(text: string): unknown {
	try {
		return text.trim() === '' ? {} : JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** @throws KymaError `parameter` */
function readCount(reader: Reader, row: ModelRow | undefined): number {
	const count = reader.numberOption('numberOfImages', 'Number of Images', { min: 1, max: 4, isInteger: true }) ?? 1;
	if (row && count > row.maxImages) {
		throw invalid('Number of Images', `${row.name} makes one image per job, set it to 1 or send several items`);
	}
	return count;
}

/** Only `gpt-image-2` knows it; for others the field is hidden, so a value left over from it is not the user's wish. */
function readQuality(reader: Reader, model: string): Quality | undefined {
	const quality = reader.textOption('quality');
	if (quality === undefined || model !== 'gpt-image-2') return undefined;
	const known = QUALITIES.find((candidate) => candidate === quality);
	if (!known) throw invalid('Quality', `"${quality}" is not low, medium or high`);
	return known;
}

/** @throws KymaError `parameter` */
function readKey(reader: Reader): string | undefined {
	const key = reader.textOption('idempotencyKey');
	if (key === undefined || key.length <= MAX_KEY_LENGTH) return key;
	throw invalid('Idempotency Key', `it has ${key.length} characters, Kyma takes ${MAX_KEY_LENGTH}`);
}

/** @throws KymaError `parameter` */
export function readModelId(reader: Reader): string {
	const model = reader.text('model').trim();
	if (model === '') throw invalid('Model', 'it is empty, choose one from the list');
	return model;
}

/**
 * What Generate Image and Edit Image have in common: a submission without source images.
 * @throws KymaError `parameter`, naming the parameter to change
 */
export function readSubmission(reader: Reader): Submission {
	const model = readModelId(reader);
	const row = findModel(model);
	const imageCount = readCount(reader, row);
	const quality = readQuality(reader, model);
	const optional = { size: readSize(reader), quality, extra: readExtra(reader) };
	const set = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
	const request: JobRequest = { model, prompt: readPrompt(reader), ...(imageCount > 1 && { n: imageCount }), ...set };
	return { request, row, quality, imageCount, idempotencyKey: readKey(reader) };
}

/** How the images are handed on. @throws KymaError `parameter` */
export function readDelivery(reader: Reader, waitsByDefault: boolean): Delivery {
	const outputField = reader.textOption('putOutputInField') ?? 'data';
	const timeoutS = reader.numberOption('timeout', 'Timeout', { min: 1, max: 86_400 }) ?? DEFAULT_TIMEOUT_S;
	return {
		simplify: reader.value('simplify') !== false,
		downloadImages: reader.flagOption('downloadImages', true),
		outputMode: reader.option('outputMode') === 'perInput' ? 'perInput' : 'perImage',
		outputField,
		waitForCompletion: reader.flagOption('waitForCompletion', waitsByDefault),
		timeoutMs: timeoutS * 1000,
		fileName: reader.textOption('fileName') ?? '',
	};
}

/** A limit that is set and comes out empty is not taken for no limit. @throws KymaError `parameter` */
function readMaxSpend(reader: Reader): number | undefined {
	const limitUsd = reader.numberOption('maxSpend', 'Max Spend', { min: 0 });
	if (limitUsd === undefined && reader.hasOption('maxSpend')) throw invalid('Max Spend', 'it is empty, remove it to run without a limit');
	return limitUsd;
}

/** Settings that hold for the whole run; the first item's values count. @throws KymaError `parameter` */
export function readSettings(reader: Reader): RunSettings {
	const concurrency = reader.numberOption('maxConcurrency', 'Max Concurrency', { min: 1, isInteger: true });
	return {
		maxConcurrency: concurrency ?? DEFAULT_CONCURRENCY,
		maxSpendUsd: readMaxSpend(reader),
	};
}
