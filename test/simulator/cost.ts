import { findModel } from './models';
import { requestedPixels } from './size';
import type { SubmitRequest } from './types';

/** Whole micro-dollars, so that sums of cents stay exact; never the number -0. */
export const roundUsd = (usd: number): number => Math.round(usd * 1e6) / 1e6 + 0;

/** What a submit will be charged if it succeeds: price per image times images. */
export function costUsdOf(request: SubmitRequest): number {
	const usd = findModel(request.model)?.usd ?? 0;
	if (typeof usd === 'number') return roundUsd(usd * request.n);
	if ('low' in usd) return roundUsd(usd[request.quality] * request.n);
	const steps = usd.perMegapixels;
	const megapixels = Math.ceil(requestedPixels(request.size) / (1024 * 1024));
	return roundUsd(steps[Math.min(Math.max(megapixels, 1), steps.length) - 1]! * request.n);
}
