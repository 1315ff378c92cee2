import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { loadAccount } from '../../shared/account';
import { loadLiveCatalog } from '../../shared/catalog';
import type { Model } from '../../shared/catalog';
import { toErrorItem } from '../../shared/output';
import { toNodeError, toSetupError } from '../../shared/errors';
import { MODELS } from '../models';

/** One model for the next node; prices in USD per image. */
function toItem({ id, name, description, priceUsd, takesImage, requiresImage, row }: Model): IDataObject {
	const fields = {
		id,
		name,
		description: row?.successor ? `legacy, use ${row.successor}` : description,
		priceFromUsd: priceUsd?.from ?? null,
		priceToUsd: priceUsd?.to ?? null,
		canGenerate: !requiresImage,
		canEdit: takesImage,
		maxSourceImages: row?.maxSources,
		output: row?.output,
	};
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The API's own rows, untouched, by the document they come from. */
const toRawItem = ({ id, pricing, registry }: Model): IDataObject =>
	({ id, ...(pricing && { pricing: pricing.raw }), ...(registry && { registry: registry.raw }) }) as IDataObject;

/**
 * The live catalog, one item per model. Free of charge; runs once, whatever the number of input items.
 * @throws NodeOperationError when the catalog cannot be read and the node does not continue on failure
 */
export async function listModels(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	try {
		const models = await loadLiveCatalog(context, await loadAccount(context), MODELS);
		const toJson = context.getNodeParameter('simplify', 0, true) === false ? toRawItem : toItem;
		return models.map((model) => ({ json: toJson(model), pairedItem: { item: 0 } }));
	} catch (caught) {
		const error = toSetupError(caught);
		const nodeError = toNodeError(context.getNode(), error, 0);
		if (context.continueOnFail()) return [toErrorItem({ error, itemIndex: 0 }, nodeError, context)];
		throw nodeError;
	}
}
