import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { loadAccount } from '../shared/account';
import { formatPrice, loadCatalog } from '../shared/catalog';
import type { Model } from '../shared/catalog';
import { toNodeError, toSetupError } from '../shared/errors';
import { MODELS, findModel } from './models';

/** Without the name behind the name, "(Gemini 2.5 Flash Image)": the price must fit beside it. */
const toShortName = (name: string) => name.replace(/ \(.*\)$/, '');

const toGenerateNote = ({ row, takesImage }: Model) => (row?.output === 'svg' ? 'SVG' : takesImage ? 'also edits' : undefined);

const toEditNote = ({ row }: Model) => (row && row.maxSources > 1 ? `up to ${row.maxSources} source images` : undefined);

/** What sets a model apart in the list: its price, and what it alone can do. */
function toLabel(model: Model, note: string | undefined): string {
	const successor = model.row?.successor && findModel(model.row.successor);
	const legacy = successor && `legacy, use ${toShortName(successor.name)}`;
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
