import { findModel } from './models';
import type { ModelRow } from './models';
import { Refusal } from './refusal';
import type { Settings, SubmitRequest } from './types';

type Fields = Record<string, unknown>;

const bad = (code: string, message: string) => new Refusal(400, code, message);
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function readString(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') throw bad(`invalid_${name}`, `${name} must be a string`);
	return value;
}

function readModel(fields: Fields): ModelRow {
	const id = readString(fields, 'model');
	if (!id) throw bad('model_required', 'model is required');
	const model = findModel(id);
	if (!model) throw new Refusal(404, 'model_not_found', `The model '${id}' does not exist`);
	return model;
}

function readPrompt(fields: Fields): string {
	const prompt = readString(fields, 'prompt');
	if (!prompt?.trim()) throw bad('prompt_required', 'prompt is required');
	if (prompt.length > 4000) throw bad('prompt_too_long', 'prompt is limited to 4000 characters');
	return prompt;
}

function readCount(fields: Fields, model: ModelRow): number {
	const n = fields.n ?? 1;
	if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > 4) {
		throw bad('invalid_n', 'n must be an integer from 1 to 4');
	}
	return model.onlyOneImage ? 1 : n;
}

function readQuality(fields: Fields): SubmitRequest['quality'] {
	const quality = readString(fields, 'quality') ?? 'medium';
	if (quality === 'low' || quality === 'medium' || quality === 'high') return quality;
	throw bad('invalid_quality', 'quality must be low, medium or high');
}

function readIdempotencyKey(fields: Fields): string | undefined {
	const key = readString(fields, 'idempotency_key');
	if (key !== undefined && (key.length === 0 || key.length > 128)) {
		throw bad('invalid_idempotency_key', 'idempotency_key takes 1 to 128 characters');
	}
	return key;
}

function readExtra(fields: Fields): Fields {
	const extra = fields.extra ?? {};
	if (!isObject(extra)) throw bad('invalid_extra', 'extra must be an object');
	return extra;
}

function readSourceUrls(fields: Fields): string[] {
	const urls = fields.image_urls ?? [];
	if (!Array.isArray(urls) || !urls.every((url): url is string => typeof url === 'string')) {
		throw bad('invalid_image_urls', 'image_urls must be an array of strings');
	}
	if (urls.length > 0) return urls;
	const url = readString(fields, 'image_url');
	return url ? [url] : [];
}

function checkSourceUrl(url: string, settings: Settings): void {
	const isDataUrl = /^data:image\//i.test(url);
	const allowed = isDataUrl ? !settings.refuseDataUrls : /^https?:\/\/[^/]/i.test(url);
	if (!allowed) throw bad('invalid_image_url', 'image_url must be an HTTPS URL of an image');
}

/** Kyma: several sources for flux-2-pro alone; the other edit models take one. */
function readSources(fields: Fields, model: ModelRow, settings: Settings): string[] {
	const urls = readSourceUrls(fields);
	if (urls.length > 10) throw bad('too_many_references', 'At most 10 image_urls');
	if (urls.length > 0 && model.sources === 0) {
		throw bad('image_not_supported', `${model.id} does not take an image`);
	}
	const fromArray = fields.image_urls !== undefined && fields.image_urls !== null;
	if (fromArray && urls.length > 0 && model.sources === 1 && !model.needsSource) {
		throw bad('image_urls_not_supported', `${model.id} takes image_url, not image_urls`);
	}
	if (urls.length > model.sources) {
		throw bad('too_many_references', `${model.id} takes ${model.sources} image`);
	}
	if (urls.length === 0 && model.needsSource) {
		throw bad('image_url_required', `${model.id} requires image_url`);
	}
	for (const url of urls) checkSourceUrl(url, settings);
	return urls;
}

/** @throws Refusal 400 or 404, as api-reference/images-generations documents. */
export function readSubmit(body: unknown, settings: Settings): SubmitRequest {
	if (!isObject(body)) throw bad('invalid_json', 'The body must be a JSON object');
	const model = readModel(body);
	return {
		model: model.id,
		prompt: readPrompt(body),
		n: readCount(body, model),
		size: readString(body, 'size'),
		quality: readQuality(body),
		sources: readSources(body, model, settings),
		idempotencyKey: readIdempotencyKey(body),
		extra: readExtra(body),
	};
}
