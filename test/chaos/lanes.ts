/** Works on all rows, so many at a time, in their order. */
export async function inLanes<T>(count: number, rows: readonly T[], work: (row: T, index: number) => Promise<void>): Promise<void> {
	let next = 0;
	const lane = async () => {
		while (next < rows.length) {
			const index = next;
			next += 1;
			await work(rows[index]!, index);
		}
	};
	await Promise.all(Array.from({ length: count }, lane));
}
