import z from 'zod';

const text = z.string().trim().min(1).optional().catch(undefined);
const id = z.string().trim().min(1);
const record = z.record(z.unknown());

const priceRow = z
	.object({
		id,
		name: text,
		modality: z.string(),
		pricing_mode: text,
		usd_per_call: z.number().nonnegative().nullable().catch(null).default(null),
	})
	.passthrough();

const registryRow = z
	.object({
		id,
		name: text,
		description: text,
		best_for: z.unknown(),
		capability: text,
		input_modalities: z.array(z.string()).catch([]).default([]),
		output_modalities: z.array(z.string()).catch([]).default([]),
		pricing: z
			.object({ mode: text, per_image_usd: z.number().nonnegative().optional().catch(undefined) })
			.passthrough()
			.optional()
			.catch(undefined),
		recommended: z.boolean().optional().catch(undefined),
	})
	.passthrough();

/** `raw` is the API's own row, untouched. */
type Row<T extends z.ZodTypeAny> = z.infer<T> & { raw: Record<string, unknown> };

export type PriceRow = Row<typeof priceRow>;
export type RegistryRow = Row<typeof registryRow>;

/** Rows that fit the schema; a row that does not is left out rather than failing the whole catalog. */
function parseRows<T extends z.ZodTypeAny>(row: T, rows: unknown): Array<Row<T>> | undefined {
	if (!Array.isArray(rows)) return undefined;
	return rows.flatMap((candidate) => {
		const parsed = row.safeParse(candidate);
		return parsed.success ? [{ ...(parsed.data as z.infer<T>), raw: candidate as Record<string, unknown> }] : [];
	});
}

/** The image rows of `GET /pricing`; undefined when the body is not a price catalog. */
export const parsePricing = (body: unknown): PriceRow[] | undefined =>
	parseRows(priceRow, record.safeParse(body).data?.media)?.filter((row) => row.modality === 'image');

/** The rows of `GET /registry/image-models.json`; undefined when the body is not a registry. */
export const parseRegistry = (body: unknown): RegistryRow[] | undefined => parseRows(registryRow, record.safeParse(body).data?.models);
