/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
// Writes the tables of the documents that are made from the code, models (README.md) and errors (docs/errors.md), and
// those that are made from measurements (docs/scaling.md).
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { readResults } from '../queue/results';
import { toCapTable, toFaultsTable, toStoresTable, toWorkersTable } from '../queue/tables';
import { writeFormatted } from './format';
import { toErrorsTable, toModelsTable, writeTable } from './tables';
import type { Table } from './tables';

const ROOT = path.resolve(__dirname, '..', '..');

async function update(name: string, heading: string, table: Table): Promise<void> {
	const file = path.join(ROOT, name);
	await writeFormatted(file, writeTable(await readFile(file, 'utf8'), heading, table));
	process.stdout.write(`${name}: ${table.length} rows under "${heading}"\n`);
}

async function updateScaling(): Promise<void> {
	const results = await readResults();
	if (!results) return;
	const page = 'docs/scaling.md';
	await update(page, 'What was seen of each store', toStoresTable(results));
	await update(page, 'What breaks, what comes of it', toFaultsTable(results));
	await update(page, 'More workers', toWorkersTable(results));
	await update(page, 'One account for all workers', toCapTable(results));
}

async function main(): Promise<void> {
	await update('README.md', 'Models', toModelsTable());
	await update('docs/errors.md', 'Every message', toErrorsTable());
	await updateScaling();
}

void main();
