/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { NodeRuntime } from './node24';
import { run, type RunOptions } from './run';

const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** What npm tells its scripts about the project that started us, and what a nested npm must not take over. */
const INHERITED = /^npm_(package|lifecycle)_|^npm_config_(ignore_scripts|local_prefix|omit.*|dry_run|workspace.*)$/i;

/** The environment for an npm that works in another folder, on another Node.js. */
export function npmEnv(outer: NodeJS.ProcessEnv, node?: Pick<NodeRuntime, 'bin' | 'headersDir'>): NodeJS.ProcessEnv {
	const own = Object.entries(outer).filter(([name]) => !INHERITED.test(name));
	const env: NodeJS.ProcessEnv = Object.fromEntries(own);
	if (!node) return env;
	env.PATH = `${path.dirname(node.bin)}${path.delimiter}${outer.PATH ?? ''}`;
	if (node.headersDir) env.npm_config_nodedir = node.headersDir;
	return env;
}

export type NpmOptions = { cwd: string; node?: NodeRuntime; hint?: RunOptions['hint'] };

/** Runs npm in `cwd`, on `node` when given, and returns its standard output. */
export async function npm(args: readonly string[], { cwd, node, hint }: NpmOptions): Promise<string> {
	const command = process.platform === 'win32' ? 'npm.cmd' : 'npm';
	return await run(command, [...args, ...QUIET], { cwd, env: npmEnv(process.env, node), hint });
}

export async function writePackageJson(dir: string, manifest: object): Promise<void> {
	await writeFile(path.join(dir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
