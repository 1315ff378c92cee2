type Flat = string | number | boolean | null | unknown[] | Record<string, unknown>;

/**
 * Reads the format in which n8n hands out execution data ("flatted"): one array of values in which every
 * string inside an object or array is the index of the value it stands for. Returns the first value.
 */
export function parseFlatted(text: string): unknown {
	const entries = JSON.parse(text) as Flat[];
	const revived = new Map<number, unknown>();
	const revive = (index: number): unknown => {
		if (revived.has(index)) return revived.get(index);
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const target: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		revived.set(index, target);
		for (const [key, value] of Object.entries(entry)) {
			const resolved = typeof value === 'string' ? revive(Number(value)) : value;
			Reflect.set(target, key, resolved);
		}
		return target;
	};
	return revive(0);
}
