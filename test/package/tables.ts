import type { ModelRow } from '../../nodes/shared/catalog';
import type { Facts } from '../../nodes/shared/errors';
import { FAILURES } from '../../nodes/shared/failures';
import type { FailureKind } from '../../nodes/shared/failures';
import { MODELS } from '../../nodes/KymaImage/models';

/** A table of a document: cells as they are written between the bars. */
export type Table = string[][];

const usd = (amount: number) => `$${amount}`;

function describePrice({ priceUsd }: ModelRow): string {
	if (typeof priceUsd === 'number') return usd(priceUsd);
	if ('from' in priceUsd) return `${usd(priceUsd.from)} to ${usd(priceUsd.to)}, by size`;
	return `low ${usd(priceUsd.low)}, medium ${usd(priceUsd.medium)}, high ${usd(priceUsd.high)}`;
}

function describeSources({ minSources, maxSources }: ModelRow): string {
	if (minSources > 0) return 'needs 1';
	if (maxSources === 0) return 'no';
	return maxSources === 1 ? '1' : `up to ${maxSources}`;
}

const describeUse = ({ useWhen, successor, output }: ModelRow): string => {
	if (successor) return `${useWhen}: use \`${successor}\``;
	return output === 'svg' && !useWhen.includes('SVG') ? `${useWhen}, as SVG` : useWhen;
};

/** The models table of the README, from the rows of models.ts. */
export const toModelsTable = (): Table =>
	MODELS.map((row) => [`\`${row.id}\``, row.name, describePrice(row), describeSources(row), describeUse(row)]);

/** What stands in a message where the facts of the moment go. */
const BLANKS: Facts = {
	field: '…',
	reason: '…',
	jobId: '…',
	status: '…',
	model: '…',
	httpCode: 400,
	seconds: 330,
	amountUsd: 1.05,
	limitUsd: 1,
};

const HTTP_CODES: Partial<Record<FailureKind, number>> = { keyRefused: 401, badAnswer: 200, pollRefused: 403 };

/** Parameters may be any: the name of one reads better than a blank. */
const FIELDS: Partial<Record<FailureKind, string>> = { parameter: 'Prompt', badRequest: 'Custom Size' };

const MONEY = { true: 'yes', false: 'no', unknown: 'not known' };

const toCell = (text: string) => text.replaceAll('|', '\\|');

/** Failures that come mostly without a job. */
const WITHOUT_JOB: FailureKind[] = ['badAnswer', 'unexpected'];

/** One failure as a user reads it: message, what to do, whether it was charged. */
function toErrorRow(kind: FailureKind): string[] {
	const { message, advice, charged } = FAILURES[kind];
	const jobId = WITHOUT_JOB.includes(kind) ? undefined : '…';
	const facts = { ...BLANKS, jobId, httpCode: HTTP_CODES[kind] ?? 400, field: FIELDS[kind] ?? '…' };
	const text = kind === 'unexpected' ? 'Any other text' : `\`${message(facts)}\``;
	return [toCell(text), toCell(advice(facts)), MONEY[`${charged}`]];
}

/** The table of docs/errors.md, from failures.ts. */
export const toErrorsTable = (): Table => (Object.keys(FAILURES) as FailureKind[]).map(toErrorRow);

/** Every message as it reads with the facts of some moment: with and without a reason and a job. */
export function listMessages(): string[] {
	const kinds = Object.keys(FAILURES) as FailureKind[];
	const facts = [{}, { reason: undefined }, { jobId: undefined }].map((blank) => ({ ...BLANKS, ...blank }));
	const withCode = (kind: FailureKind) => facts.map((some) => ({ ...some, httpCode: HTTP_CODES[kind] ?? 400 }));
	return kinds.flatMap((kind) => withCode(kind).map((some) => FAILURES[kind].message(some)));
}

/** The rows of the first table under a heading, without its head. */
export function readTable(markdown: string, heading: string): Table {
	const section = markdown.split(new RegExp(`^#+ ${heading}$`, 'm'))[1]?.split(/^#+ /m)[0] ?? '';
	const lines = section.split('\n');
	const start = lines.findIndex((line) => line.startsWith('|'));
	const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
	return lines.slice(start + 2, end).map((line) =>
		line
			.split(/(?<!\\)\|/)
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
}

/** The document with the rows of one table replaced, its head kept. */
export function writeTable(markdown: string, heading: string, table: Table): string {
	const headingAt = markdown.search(new RegExp(`^#+ ${heading}$`, 'm'));
	if (headingAt < 0) throw new Error(`There is no heading "${heading}"`);
	const tail = markdown.slice(headingAt);
	const rows = table.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
	return markdown.slice(0, headingAt) + tail.replace(/(\n\|[^\n]*\n\|[-: |]*\|\n)(\|[^\n]*\n)*/, (_, head: string) => `${head}${rows}`);
}
