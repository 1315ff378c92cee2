import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { loadAccount } from '../shared/account';
import { formatPrice, loadCatalog } from '../shared/catalog';
import type { Model } from '../shared/catalog';
import { toKymaError, toNodeError } from '../shared/errors';
import { MODELS } from './models';

/** What sets a model apart in the list: its price, and what it can do. */
function toLabel({ name, priceUsd, takesImage, requiresImage, row }: Model): string {
	const ability = requiresImage ? 'edits only' : takesImage ? 'generates and edits' : 'generates';
	const format = row?.output === 'svg' ? 'SVG' : undefined;
	const legacy = row?.successor && `legacy, use ${row.successor}`;
	return [name, formatPrice(priceUsd), ability, format, legacy].filter(Boolean).join(' · ');
}

const matches = ({ id, name, description }: Model, filter: string) =>
	[id, name, description].some((text) => text?.toLowerCase().includes(filter.toLowerCase()));

async function searchModels(
	context: ILoadOptionsFunctions,
	filter: string,
	isOffered: (model: Model) => boolean,
): Promise<INodeListSearchResult> {
	try {
		const { models } = await loadCatalog(context, await loadAccount(context), MODELS);
		const found = models.filter((model) => isOffered(model) && matches(model, filter));
		return { results: found.map((model) => ({ name: toLabel(model), value: model.id, description: model.description })) };
	} catch (caught) {
		throw toNodeError(context.getNode(), toKymaError(caught, { charged: false }));
	}
}

/** The models of Generate Image: all that need no source image. */
export async function searchGenerateModels(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await searchModels(this, filter, ({ requiresImage }) => !requiresImage);
}

/** The models of Edit Image: those that take a source image. */
export async function searchEditModels(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await searchModels(this, filter, ({ takesImage }) => takesImage);
}
