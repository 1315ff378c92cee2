/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties } from 'n8n-workflow';

import { properties } from '../../nodes/KymaImage/operations';
import { listMessages, readTable, toErrorsTable, toModelsTable } from '../package/tables';

const ROOT = path.resolve(__dirname, '..', '..');
const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');
const readme = read('README.md');

/** Files below a folder whose names end so, as paths from the root. */
function list(folder: string, ending: string): string[] {
	if (!existsSync(path.join(ROOT, folder))) return [];
	const names = readdirSync(path.join(ROOT, folder), { recursive: true }) as string[];
	return names.filter((name) => name.endsWith(ending) && !name.includes('node_modules')).map((name) => path.join(folder, name));
}

const readAll = (folders: string[], ending: string) =>
	folders
		.flatMap((folder) => list(folder, ending))
		.map(read)
		.join('\n');

/** What stands in backticks in a cell. */
const toCode = (cell = '') => cell.replace(/^`|`$/g, '');

test('the models table is that of models.ts, prices included', () => {
	expect(readTable(readme, 'Models')).toEqual(toModelsTable());
});

test('the table of all messages is that of failures.ts', () => {
	expect(readTable(read('docs/errors.md'), 'Every message')).toEqual(toErrorsTable());
});

const proofs = readTable(readme, 'What happens when').map(([when = '', , proof]) => [when, toCode(proof)] as const);
const testSources = readAll(['test/unit', 'test/engine', 'test/chaos'], '.test.ts');

test('what happens when: at least twenty cases are told', () => {
	expect(proofs.length).toBeGreaterThanOrEqual(20);
});

test.each(proofs)('"%s" is proven by a test that exists', (_, title) => {
	const quoted = [`'${title.replaceAll("'", "\\'")}'`, `"${title}"`, `\`${title}\``];
	expect(quoted.some((literal) => testSources.includes(literal))).toBe(true);
});

/** Titles of tests as other pages cite them: in backticks, the only thing there with this many words. */
const listCited = (page: string) => [...read(page).matchAll(/`([^`\n]*(?: [^` \n]+){6,})`/g)].map(([, title = '']) => title);

test.each(['docs/assumptions.md', 'docs/verification.md'])('%s cites only tests that exist', (page) => {
	const cited = listCited(page);
	expect(cited.length).toBeGreaterThan(0);
	expect(cited.filter((title) => !testSources.includes(title.replaceAll("'", "\\'")))).toEqual([]);
});

/** The code with what it fills in at run time replaced by the README's sign for it. */
const code = readAll(['nodes', 'credentials'], '.ts').replace(/\$\{[^}]*\}/g, '…');
const messages = listMessages();

/** A message with its blanks as wildcards. */
const toPattern = (message: string) => new RegExp(`^${message.split('…').map(escapeRegExp).join('.+')}`);

/** Text as a pattern that matches it literally. */
function escapeRegExp(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const isFailure = (text: string) => messages.some((message) => toPattern(text.replace(/ended as "\w+"/, 'ended as "…"')).test(message));

/** `Label: reason`, as KymaError `parameter` writes it. */
const isParameterReason = (text: string) => code.includes(text.replace(/^[\w ()]+: /, ''));

test.each(readTable(readme, 'Troubleshooting').map(([text]) => [toCode(text)]))('the node really says "%s"', (text) => {
	expect(isFailure(text) || isParameterReason(text)).toBe(true);
});

const options = properties.flatMap(({ type, options: fields }) => (type === 'collection' ? (fields as INodeProperties[]) : []));
const labels = [...new Set([...options, ...properties.filter(({ name }) => name === 'simplify')].map(({ displayName }) => displayName))];

test('the options table has every option of the node, by its label, and no other', () => {
	const told = readTable(readme, 'Options worth knowing').map(([label]) => label);
	expect(told.sort()).toEqual(labels.sort());
});

test('the operations table has every operation of the node', () => {
	const operations = properties.find(({ name }) => name === 'operation')?.options ?? [];
	expect(readTable(readme, 'Operations').map(([name]) => name)).toEqual(operations.map(({ name }) => name));
});

test('the line that runs the tests stands where .ci/run looks for it', () => {
	expect(/^Run the tests:\n\n```sh\n(.+)\n```$/m.exec(readme)?.[1]).toBe('npm ci && npm test');
});

test('every npm script that the README names exists, and it names all of them', () => {
	const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
	const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
	expect(Object.keys(scripts).filter((name) => !named.includes(name) && name !== 'test')).toEqual([]);
});

const PAGES = [...readdirSync(ROOT).filter((name) => name.endsWith('.md')), ...list('docs', '.md'), ...list('examples', '.md')];

/** GitHub's anchor of a heading. */
const toAnchor = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\w\- ]/g, '')
		.replaceAll(' ', '-');

const listAnchors = (markdown: string) => [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => toAnchor(heading));

function isReachable(page: string, link: string): boolean {
	const [target = '', anchor] = link.split('#');
	const file = path.join(ROOT, path.dirname(page), target);
	if (target !== '' && !existsSync(file)) return false;
	return anchor === undefined || listAnchors(read(target === '' ? page : path.relative(ROOT, file))).includes(anchor);
}

test.each(PAGES)('the links of %s lead somewhere', (page) => {
	const prose = read(page).replace(/^```[\s\S]*?^```/gm, '');
	const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^(https?|mailto):/.test(link));
	expect(links.filter((link) => !isReachable(page, link))).toEqual([]);
});

test('every picture is shown on a page', () => {
	const shown = PAGES.flatMap((page) => [...read(page).matchAll(/images\/([\w-]+\.png)/g)].map(([, name = '']) => name));
	const pictures = list('docs/images', '.png').map((file) => path.basename(file));
	expect(pictures.length).toBeGreaterThan(20);
	expect(pictures.filter((name) => !shown.includes(name))).toEqual([]);
});

test('the credential page that n8n links to is a heading of the README', () => {
	expect(listAnchors(readme)).toContain('credential');
});
