import { audit } from '../chaos/audit';
import { openPool } from '../chaos/pool';
import type { Pool } from '../chaos/pool';
import { runInPool } from '../chaos/runner';
import { runStorm } from '../chaos/storm';

// The short form of `npm run test:chaos`, in the same worker processes: jest's own does not keep time well enough.
let pool: Pool;
beforeAll(() => {
	pool = openPool(2, {});
});
afterAll(() => pool.close());

test('a hundred jobs under every fault keep the promises about money, images, time and the key', async () => {
	const evidence = await runStorm({ seed: 1213, jobs: 100, concurrency: 10 }, runInPool(pool));
	const broken = audit(evidence).flatMap(({ name, findings }) => findings.map((finding) => `${name}: ${finding}`));
	expect(broken).toEqual([]);
	expect(evidence.ledger.length).toBeGreaterThanOrEqual(100);
	expect(evidence.entries.flatMap(({ killedAt }) => killedAt).length).toBeGreaterThan(0);
	expect(evidence.strikes.size).toBeGreaterThan(60);
}, 120_000);
