import { createApi } from './api';
import type { Access } from './api';
import { CHECKS } from './checks';
import { notTestable } from './finding';
import type { Check, Finding, Prices, Result } from './types';

type Progress = (result: Result, done: number, all: number) => void;

/** The checks one after the other; a check that breaks off is not testable, and says why. */
export async function runChecks(
	access: Access,
	prices: Prices,
	onResult: Progress = () => {},
	checks: Check[] = CHECKS,
): Promise<Result[]> {
	const api = createApi(access, prices);
	const results: Result[] = [];
	try {
		for (const check of checks) {
			const finding = await check.run(api).catch((error: unknown): Finding => notTestable(`it broke off: ${String(error)}`));
			const result = { check, finding: { ...finding, seen: finding.seen.replaceAll(access.apiKey, '[key]') } };
			results.push(result);
			onResult(result, results.length, checks.length);
		}
		return results;
	} finally {
		await api.close();
	}
}
