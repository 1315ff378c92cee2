/** Rows by a key of theirs, in their order. */
export function groupBy<T, K>(rows: readonly T[], toKey: (row: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const row of rows) groups.set(toKey(row), [...(groups.get(toKey(row)) ?? []), row]);
	return groups;
}
