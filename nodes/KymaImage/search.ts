import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { loadAccount } from '../shared/account';
import { formatPrice, loadCatalog } from '../shared/catalog';
import type { Model } from '../shared/catalog';
import { toNodeError, toSetupError } from '../shared/errors';
import { MODELS } from './models';

/** Without the name behind the name, "(Gemini 2.5 Flash Image)": the price must fit beside it. */
const toShortName = (name: string) => name.replace(/ \(.*\)$/, '');

const toGenerateNote = ({ row, takesImage }: Model) => (row?.output === 'svg' ? 'SVG' : takesImage ? 'edits' : undefined);

const toEditNote = ({ row }: Model) => (row && row.maxSources > 1 ? `${row.maxSources} sources` : undefined);

/**
 * What sets a model apart in the list: its price, and what it alone can do. The same line stands in the field once the model is
 * chosen, so it must fit there; a notice below the field then says more (the successor, how many sources).
 */
function toLabel(model: Model, note: string | undefined): string {
	const legacy = model.row?.successor && 'legacy';
	return [toShortName(model.name), formatPrice(model.priceUsd), note, legacy].filter(Boolean).join(' · ');
}

const matches = ({ id, name, description }: Model, filter: string) =>
	[id, name, description].some((text) => text?.toLowerCase().includes(filter.toLowerCase()));

async function searchModels(
	context: ILoadOptionsFunctions,
	filter: string,
	isOffered: (model: Model) => boolean,
	toNote: (model: Model) => string | undefined,
): Promise<INodeListSearchResult> {
	try {
		const { models } = await loadCatalog(context, await loadAccount(context), MODELS);
		const found = models.filter((model) => isOffered(model) && matches(model, filter));
		return { results: found.map((model) => ({ name: toLabel(model, toNote(model)), value: model.id, description: model.description })) };
	} catch (caught) {
		throw toNodeError(context.getNode(), toSetupError(caught));
	}
}

/** The models of Generate Image: all that need no source image. */
export async function searchGenerateModels(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await searchModels(this, filter, ({ requiresImage }) => !requiresImage, toGenerateNote);
}

/** The models of Edit Image: those that take a source image. */
export async function searchEditModels(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await searchModels(this, filter, ({ takesImage }) => takesImage, toEditNote);
}
