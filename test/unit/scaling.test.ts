/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { readTable } from '../package/tables';
import type { Table } from '../package/tables';
import type { Results } from '../queue/results';
import { toCapTable, toFaultsTable, toStoresTable, toWorkersTable } from '../queue/tables';
import { tierRow } from '../simulator/tiers';
import type { Tier } from '../simulator';

const ROOT = path.resolve(__dirname, '..', '..');
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');
const page = read('docs/scaling.md');
const results = JSON.parse(read('bench/results/queue.json')) as Results;

const MEASURED: [string, (results: Results) => Table][] = [
	['What was seen of each store', toStoresTable],
	['What breaks, what comes of it', toFaultsTable],
	['More workers', toWorkersTable],
	['One account for all workers', toCapTable],
];

test.each(MEASURED)('the table "%s" is what was measured', (heading, toTable) => {
	expect(readTable(page, heading)).toEqual(toTable(results));
});

const SECONDS_PER_IMAGE = 8;

test("the sizing table follows from Kyma's tiers", () => {
	const rows = readTable(page, 'How many at once').map(([tier, atOnce, queued, , most, perMinute]) => [
		tier,
		atOnce,
		queued,
		most,
		perMinute,
	]);
	const expected = [0, 1, 2, 3, 4].map((tier) => {
		const { concurrent, queueCap } = tierRow(tier as Tier);
		return [tier, concurrent, queueCap, concurrent + queueCap, (concurrent * 60) / SECONDS_PER_IMAGE].map(String);
	});
	expect(rows).toEqual(expected);
});
