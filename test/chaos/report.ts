import { groupBy } from './group';
import type { Evidence, Verdict } from './types';

const pad = (text: string, width: number) => text.padEnd(width);

/** One line per promise: how often it was broken, and among how many. */
export function toTable(verdicts: Verdict[]): string {
	const width = Math.max(...verdicts.map(({ name }) => name.length));
	return verdicts.map(({ name, findings, note = '' }) => `${pad(name, width)}  ${String(findings.length).padStart(4)}  ${note}`).join('\n');
}

/** What was met: kills, retries, stops, and how often each fault struck. */
export function describeStorm({ entries, strikes }: Evidence): string {
	const killed = entries.filter(({ killedAt }) => killedAt.length > 0);
	const kills = entries.reduce((sum, { killedAt }) => sum + killedAt.length, 0);
	const retried = entries.filter(({ outcome }) => (outcome?.tries.length ?? 0) > 1).length;
	const statuses = groupBy(entries, ({ outcome }) => outcome?.status ?? 'hung');
	const reruns = entries.filter(({ rerun }) => rerun).length;
	return [
		`Executions: ${entries.length} (${[...statuses].map(([status, all]) => `${all.length} ${status}`).join(', ')})`,
		`Killed under way and run again: ${killed.length} executions, ${kills} times; by Retry On Fail: ${retried}; re-runs for lost answers: ${reruns}`,
		`Faults that struck: ${[...strikes.values()].reduce((sum, count) => sum + count, 0)}, of ${strikes.size} kinds`,
	].join('\n');
}

export const listStrikes = ({ strikes }: Evidence): string =>
	[...strikes]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([name, count]) => `  ${String(count).padStart(5)}  ${name}`)
		.join('\n');

export const listFindings = (verdicts: Verdict[], most = 20): string =>
	verdicts.flatMap(({ name, findings }) => findings.slice(0, most).map((finding) => `${name}: ${finding}`)).join('\n');
