import { MODELS } from '../../../nodes/KymaImage/models';
import { parsePricing, parseRegistry } from '../../../nodes/shared/catalogSchemas';
import type { PriceRow, RegistryRow } from '../../../nodes/shared/catalogSchemas';
import type { Api } from '../api';
import { judge, notTestable } from '../finding';
import { describeAnswer } from '../jobs';
import type { Check } from '../types';

const loadPricing = async (api: Api) => await api.once('pricing', async () => await api.get('/pricing', null));
const loadRegistry = async (api: Api) => await api.once('registry', async () => await api.fetch(api.registryUrl));

const readPricing = async (api: Api): Promise<PriceRow[]> => parsePricing((await loadPricing(api)).body) ?? [];
const readRegistry = async (api: Api): Promise<RegistryRow[]> => parseRegistry((await loadRegistry(api)).body) ?? [];

const show = (list: string[]) => (list.length === 0 ? 'none' : list.join(', '));

/** Bundled rows whose live price, where it is flat, is another one. */
function listPriceChanges(rows: PriceRow[]): string[] {
	return MODELS.flatMap(({ id, priceUsd }) => {
		const live = rows.find((row) => row.id === id);
		const isFlat = live?.pricing_mode === 'per-image' && typeof priceUsd === 'number';
		return isFlat && live.usd_per_call !== priceUsd ? [`${id}: ${priceUsd} here, ${live.usd_per_call} live`] : [];
	});
}

/** Bundled rows that say other than the registry whether the model takes an image. */
function listAbilityChanges(rows: RegistryRow[]): string[] {
	return MODELS.filter(({ id, maxSources }) => {
		const live = rows.find((row) => row.id === id);
		return live !== undefined && live.input_modalities.includes('image') !== maxSources > 0;
	}).map(({ id }) => id);
}

/** What is for sale. All free of charge, all without a key. */
export const CATALOG: Check[] = [
	{
		id: 'pricing',
		fact: '`GET /pricing` is public; a `per-image` row has the price of one image in `usd_per_call`',
		source: 'documented',
		run: async (api) => {
			const rows = await readPricing(api);
			const flat = rows.filter(({ pricing_mode: mode }) => mode === 'per-image');
			const holds = flat.length > 0 && flat.every(({ usd_per_call: price }) => typeof price === 'number' && price > 0);
			return judge(holds, rows.length > 0 ? `${rows.length} image rows, ${flat.length} flat` : describeAnswer(await loadPricing(api)));
		},
	},
	{
		id: 'registry',
		fact: '`/registry/image-models.json` on the api host is public and says in `input_modalities` which models take an image',
		source: 'seen in clients',
		run: async (api) => {
			const rows = await readRegistry(api);
			const editing = rows.filter(({ input_modalities: modes }) => modes.includes('image'));
			const holds = editing.length > 0 && editing.length < rows.length;
			return judge(
				holds,
				rows.length > 0 ? `${rows.length} models, ${editing.length} take an image` : describeAnswer(await loadRegistry(api)),
			);
		},
	},
	{
		id: 'bundled-models',
		fact: 'The models that come with the node are those of the live price list',
		source: 'documented',
		run: async (api) => {
			const live = (await readPricing(api)).map(({ id }) => id);
			const gone = MODELS.filter(({ id }) => !live.includes(id)).map(({ id }) => id);
			const fresh = live.filter((id) => !MODELS.some((row) => row.id === id));
			return judge(gone.length + fresh.length === 0, `gone: ${show(gone)}; new: ${show(fresh)}`);
		},
	},
	{
		id: 'bundled-prices',
		fact: 'The flat prices that come with the node are the live ones',
		source: 'documented',
		run: async (api) => {
			const rows = await readPricing(api);
			if (rows.length === 0) return notTestable('no price list');
			const changes = listPriceChanges(rows);
			return judge(changes.length === 0, `changed: ${show(changes)}`);
		},
	},
	{
		id: 'bundled-abilities',
		fact: 'The models that take an image are the same in the node and in the registry',
		source: 'seen in clients',
		run: async (api) => {
			const rows = await readRegistry(api);
			if (rows.length === 0) return notTestable('no registry');
			const changes = listAbilityChanges(rows);
			return judge(changes.length === 0, `changed: ${show(changes)}`);
		},
	},
];
