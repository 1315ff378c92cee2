import type { Result, Verdict } from './types';

const VERDICTS: Verdict[] = ['confirmed', 'different', 'not testable'];

/** Text for a cell: one line, no bar that would end it, no address of a job that only its owner may know. */
const toCell = (text: string) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');

const toRow = ({ check, finding }: Result) =>
	`| ${[check.id, check.fact, check.source, finding.verdict, finding.seen].map(toCell).join(' | ')} |`;

/** How many facts came out how, in words. */
export const summarize = (results: Result[]): string =>
	VERDICTS.map((verdict) => `${results.filter(({ finding }) => finding.verdict === verdict).length} ${verdict}`).join(', ');

/** The results as Markdown, to be pasted into an issue. */
export function toMarkdown(title: string, results: Result[]): string {
	const head = ['| Check | Fact | Source | Result | Seen |', '| --- | --- | --- | --- | --- |'];
	return [`### ${title}`, '', `${summarize(results)}.`, '', ...head, ...results.map(toRow), ''].join('\n');
}
