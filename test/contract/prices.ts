import { request } from 'undici';

import { MODELS } from '../../nodes/KymaImage/models';
import { toAccount } from '../../nodes/shared/account';
import { mergeCatalog } from '../../nodes/shared/catalog';
import type { Model } from '../../nodes/shared/catalog';
import { parsePricing, parseRegistry } from '../../nodes/shared/catalogSchemas';
import type { Check, Prices } from './types';

async function readJson(url: string): Promise<unknown> {
	const { statusCode, body } = await request(url);
	const text = await body.text();
	return statusCode === 200 ? (JSON.parse(text) as unknown) : undefined;
}

const cheapest = (models: Model[]): Model | undefined =>
	models.filter(({ priceUsd }) => priceUsd).sort((a, b) => (a.priceUsd?.from ?? 0) - (b.priceUsd?.from ?? 0))[0];

/** The cheapest models of the live price list. @throws Error when no price can be read */
export async function loadPrices(baseUrl: string): Promise<Prices> {
	const { apiUrl, registryUrl } = toAccount(baseUrl);
	const pricing = parsePricing(await readJson(`${apiUrl}/pricing`));
	const registry = parseRegistry(await readJson(registryUrl).catch(() => undefined));
	const models = mergeCatalog(MODELS, pricing, registry);
	const text = cheapest(models.filter(({ requiresImage }) => !requiresImage));
	const edit = cheapest(models.filter(({ takesImage, row }) => takesImage && row?.maxSources === 1));
	if (!pricing || !text?.priceUsd || !edit?.priceUsd) throw new Error('The price list could not be read, so the cost is not known');
	return {
		...{ textModel: text.id, textUsd: text.priceUsd.from, editModel: edit.id, editUsd: edit.priceUsd.from },
		...(edit.id === 'gpt-image-2' && { editQuality: 'low' as const }),
	};
}

/** What the checks cost when every fact holds, and when none does, USD. */
export function toCost(checks: Check[], prices: Prices): { costUsd: number; mostUsd: number } {
	const costUsd = checks.reduce((sum, check) => sum + (check.costUsd?.(prices) ?? 0), 0);
	const riskUsd = checks.reduce((sum, check) => sum + (check.riskUsd?.(prices) ?? 0), 0);
	return { costUsd, mostUsd: costUsd + riskUsd };
}
