import type { IExecuteFunctions } from 'n8n-workflow';

import type { Account } from './account';
import { KymaError } from './errors';
import { getPublicJson } from './request';
import type { Context } from './request';
import { parsePricing, parseRegistry } from './catalogSchemas';
import type { PriceRow, RegistryRow } from './catalogSchemas';

export const QUALITIES = ['low', 'medium', 'high'] as const;
export type Quality = (typeof QUALITIES)[number];

/** One model of the bundled catalog; see models.ts. */
export type ModelRow = {
	id: string;
	name: string;
	/** USD per image: one price, one per quality, or a range (by megapixels). */
	priceUsd: number | Record<Quality, number> | { from: number; to: number };
	/** How many source images it needs, and how many it takes. */
	minSources: 0 | 1;
	maxSources: 0 | 1 | 10;
	maxImages: 1 | 4;
	output: 'raster' | 'svg';
	/** How long a job typically takes, milliseconds. */
	typicalMs: number | Record<Quality, number>;
	/** When to choose it, a clause for the list and the README. */
	useWhen: string;
	/** Id of the model to use instead, when this one is legacy. */
	successor?: string;
};

/** One model as the live catalog and the bundled rows together tell it. */
export type Model = {
	id: string;
	name: string;
	description?: string;
	/** Cheapest and dearest price of one image, USD; undefined when no source tells it. */
	priceUsd?: { from: number; to: number };
	takesImage: boolean;
	requiresImage: boolean;
	row?: ModelRow;
	pricing?: PriceRow;
	registry?: RegistryRow;
};

export type Catalog = { models: Model[]; isLive: boolean; fault?: string };

const CATALOG_TIMEOUT_MS = 5_000;

/** The cheapest and the dearest image of a bundled row, USD. */
export function toPriceRange({ priceUsd }: ModelRow): { from: number; to: number } {
	if (typeof priceUsd === 'number') return { from: priceUsd, to: priceUsd };
	if ('from' in priceUsd) return priceUsd;
	const prices = Object.values(priceUsd);
	return { from: Math.min(...prices), to: Math.max(...prices) };
}

/** How long a job of this model typically takes, milliseconds; Kyma's default quality is medium. */
export function getTypicalMs(row: ModelRow | undefined, quality: Quality = 'medium'): number | undefined {
	return typeof row?.typicalMs === 'object' ? row.typicalMs[quality] : row?.typicalMs;
}

/**
 * The most one image may cost, USD: the live price where it is flat, else the bundled one (dearest of a range).
 * Undefined when nobody knows.
 */
export function getUnitPriceUsd(model?: Model, row?: ModelRow, quality: Quality = 'medium'): number | undefined {
	const bundled = row?.priceUsd;
	if (typeof bundled === 'object') return 'to' in bundled ? bundled.to : bundled[quality];
	return model?.priceUsd?.to ?? bundled;
}

/** A flat live price; prices by quality or size are not documented in the live catalog, the bundled row has them. */
function toLivePrice(pricing?: PriceRow, registry?: RegistryRow): { from: number; to: number } | undefined {
	const isFlat = pricing?.pricing_mode === undefined || pricing.pricing_mode === 'per-image';
	const perImageUsd = (isFlat ? pricing?.usd_per_call : undefined) ?? registry?.pricing?.per_image_usd;
	return perImageUsd === undefined || perImageUsd === null ? undefined : { from: perImageUsd, to: perImageUsd };
}

function toModel(id: string, row?: ModelRow, pricing?: PriceRow, registry?: RegistryRow): Model {
	const isRange = row !== undefined && typeof row.priceUsd !== 'number';
	const live = toLivePrice(pricing, registry);
	const isEditOnly = registry?.capability === 'image_edit';
	return {
		id,
		name: row?.name ?? registry?.name ?? pricing?.name ?? id,
		description: row?.useWhen ?? registry?.description,
		priceUsd: isRange ? toPriceRange(row) : (live ?? (row && toPriceRange(row))),
		takesImage: row ? row.maxSources > 0 : isEditOnly || (registry?.input_modalities.includes('image') ?? false),
		requiresImage: row ? row.minSources > 0 : isEditOnly,
		row,
		pricing,
		registry,
	};
}

/** Live rows and bundled rows merged by id; the live catalog decides which models there are when it can be read. */
export function mergeCatalog(rows: ModelRow[], pricing?: PriceRow[], registry?: RegistryRow[]): Model[] {
	const byId = <T extends { id: string }>(list: T[] = []) => new Map(list.map((entry) => [entry.id, entry]));
	const [bundled, priced, registered] = [byId(rows), byId(pricing), byId(registry)];
	const isLive = priced.size + registered.size > 0;
	const ids = isLive ? new Set([...bundled.keys(), ...priced.keys(), ...registered.keys()]) : new Set(bundled.keys());
	return [...ids]
		.filter((id) => !isLive || priced.has(id) || registered.has(id))
		.map((id) => toModel(id, bundled.get(id), priced.get(id), registered.get(id)));
}

type Parse<T> = (body: unknown) => T[] | undefined;

async function load<T>(context: Context, url: string, parse: Parse<T>, signal?: AbortSignal): Promise<T[] | string> {
	const reply = await getPublicJson(context, url, CATALOG_TIMEOUT_MS, signal);
	if ('fault' in reply) return reply.fault;
	const rows = reply.statusCode === 200 ? parse(reply.body) : undefined;
	return rows && rows.length > 0 ? rows : `HTTP ${reply.statusCode} without a model list`;
}

/**
 * The live catalog: prices from `GET /pricing`, abilities from the registry, both public and free. Either alone is
 * enough; without both, also when the signal aborts, the bundled rows serve and `isLive` is false. Never rejects.
 */
export async function loadCatalog(context: Context, account: Account, rows: ModelRow[], signal?: AbortSignal): Promise<Catalog> {
	const [pricing, registry] = await Promise.all([
		load(context, `${account.apiUrl}/pricing`, parsePricing, signal),
		load(context, account.registryUrl, parseRegistry, signal),
	]);
	const [priced, registered] = [pricing, registry].map((result) => (typeof result === 'string' ? undefined : result));
	const models = mergeCatalog(rows, priced as PriceRow[] | undefined, registered as RegistryRow[] | undefined);
	const fault = typeof pricing === 'string' && typeof registry === 'string' ? pricing : undefined;
	return { models, isLive: fault === undefined, fault };
}

/** @throws KymaError `catalogUnavailable` when nothing of the live catalog could be read, `canceled` */
export async function loadLiveCatalog(context: IExecuteFunctions, account: Account, rows: ModelRow[]): Promise<Model[]> {
	const signal = context.getExecutionCancelSignal();
	const { models, isLive, fault } = await loadCatalog(context, account, rows, signal);
	if (signal?.aborted) throw new KymaError('canceled', { charged: false });
	if (!isLive) throw new KymaError('catalogUnavailable', { reason: fault });
	return models;
}

const round = (amount: number) => Number(amount.toFixed(4));

/** `$0.046`, `$0.014–0.297`, or that no price is known: short, the field of the panel shows about 40 characters. */
export function formatPrice(price: Model['priceUsd']): string {
	if (price === undefined) return 'price unknown';
	const [from, to] = [round(price.from), round(price.to)];
	return from === to ? `$${from}` : `$${from}–${to}`;
}
