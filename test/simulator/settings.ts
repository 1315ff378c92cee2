import { z } from 'zod';
import type { Settings, SimulatorOptions } from './types';

const positive = z.number().int().positive();

const schema = z
	.object({
		speed: z.number().nonnegative(),
		jobDurationMs: z.number().nonnegative(),
		tier: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
		balanceUsd: z.number(),
		apiKeys: z.array(z.string().min(1)).min(1),
		seed: z.number().int(),
		imageLongSidePx: positive.max(4096),
		samePicture: z.boolean(),
		imageBytes: positive,
		enforceRpm: z.boolean(),
		refuseDataUrls: z.boolean(),
		onRequest: z.custom<NonNullable<SimulatorOptions['onRequest']>>((value) => typeof value === 'function'),
	})
	.partial()
	.strict();

const DEFAULTS: Settings = {
	speed: 0.01,
	tier: 4,
	balanceUsd: 1000,
	apiKeys: ['ky-simulator-key'],
	seed: 1,
	imageLongSidePx: 256,
	samePicture: false,
	enforceRpm: false,
	refuseDataUrls: false,
};

/** @throws a sentence naming the option that makes no sense. */
export function checkOptions(options: unknown): Partial<Settings> {
	const parsed = schema.safeParse(options);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new Error(`Not an option of the simulator: ${issue?.path.join('.')}: ${issue?.message}`);
}

export function toSettings(options: Partial<SimulatorOptions>): Settings {
	const given = Object.entries(checkOptions(options)).filter(([, value]) => value !== undefined);
	return { ...DEFAULTS, ...Object.fromEntries(given) };
}
