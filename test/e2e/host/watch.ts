/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CHECKOUT } from './pack';
import { onShutdown, spawnGroup, stopGroup } from './processes';

/**
 * Compiles on every change, straight into the folder of the installed package, where n8n (with
 * N8N_DEV_RELOAD=true) sees it. Not a link to the checkout: n8n drops a changed module from its cache by the
 * folder it watches, which a link would hide, and from the checkout the node would load another n8n-workflow.
 */
export function watchSources(packageFolder: string, print: (line: string) => void): void {
	const tsc = path.join(CHECKOUT, 'node_modules', 'typescript', 'bin', 'tsc');
	const outDir = path.join(packageFolder, 'dist');
	const options = ['-p', 'tsconfig.build.json', '--outDir', outDir, '--watch', '--preserveWatchOutput'];
	const child = spawnGroup(process.execPath, [tsc, ...options], { cwd: CHECKOUT });
	createInterface({ input: child.stdout }).on('line', (line) => {
		if (line.trim()) print(line);
	});
	onShutdown(async () => await stopGroup(child, { graceMs: 2_000 }));
}
