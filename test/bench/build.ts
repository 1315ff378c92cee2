/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import path from 'node:path';

import { run } from '../e2e/host/run';
import { CHECKOUT } from './child';

/**
 * Compiles the package as a release does, and returns the folder. Not `dist`, which others may be building at the same
 * time; inside `node_modules`, so that n8n-workflow and zod resolve as they do for an installed package.
 */
export async function buildPackage(): Promise<string> {
	const outDir = path.join(CHECKOUT, 'node_modules', '.cache', 'kyma-bench');
	const compiler = require.resolve('typescript/bin/tsc');
	const again = ['--incremental', '--tsBuildInfoFile', path.join(outDir, 'build.tsbuildinfo')];
	await run(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', outDir, ...again], { cwd: CHECKOUT });
	return outDir;
}
