import { audit } from '../chaos/audit';
import { execute } from '../chaos/execute';
import { openPool } from '../chaos/pool';
import type { Pool } from '../chaos/pool';
import { runHere, runInPool } from '../chaos/runner';
import type { Runner } from '../chaos/runner';
import { runStorm } from '../chaos/storm';

// The short form of `npm run test:chaos`: executions whose worker is killed have workers, the others run here.
let pool: Pool;
beforeAll(() => {
	pool = openPool(1, {});
});
afterAll(() => pool.close());

const run: Runner = async (entry, baseUrl) => {
	const isKilled = entry.plan.killsAfterMs.length > 0;
	return isKilled ? await runInPool(pool)(entry, baseUrl) : await runHere(execute)(entry, baseUrl);
};

test.each([1213])(
	'a hundred jobs under every fault keep the promises about money, images, time and the key (seed %i)',
	async (seed) => {
		const evidence = await runStorm({ seed, jobs: 100, concurrency: 17 }, run);
		const broken = audit(evidence).flatMap(({ name, findings }) => findings.map((finding) => `${name}: ${finding}`));
		expect(broken).toEqual([]);
		expect(evidence.ledger.length).toBeGreaterThanOrEqual(100);
		expect(evidence.entries.flatMap(({ killedAt }) => killedAt).length).toBeGreaterThan(0);
		expect(evidence.strikes.size).toBeGreaterThan(60);
	},
	120_000,
);
