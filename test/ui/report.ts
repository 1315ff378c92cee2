/* eslint-disable @n8n/community-nodes/no-restricted-globals */

export type Report = {
	/** Runs one check and prints one line about it; a failure does not stop the others. */
	check: (name: string, run: () => Promise<void>) => Promise<void>;
	/** Prints the closing line. Returns whether everything passed. */
	close: () => boolean;
};

const print = (line: string) => void process.stdout.write(`${line}\n`);

const seconds = (sinceMs: number) => `${((Date.now() - sinceMs) / 1_000).toFixed(1)} s`;

export function createReport(): Report {
	let passed = 0;
	let failed = 0;
	const check: Report['check'] = async (name, run) => {
		const sinceMs = Date.now();
		try {
			await run();
			passed += 1;
			print(`ok    ${name} (${seconds(sinceMs)})`);
		} catch (error) {
			failed += 1;
			print(`FAIL  ${name} (${seconds(sinceMs)})\n      ${(error as Error).message.replaceAll('\n', '\n      ')}`);
		}
	};
	const close = () => {
		print(`${passed} passed, ${failed} failed`);
		return failed === 0;
	};
	return { check, close };
}
