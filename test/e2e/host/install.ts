/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import { cacheRoot, ensureInstalled } from './cache';
import { HOSTS, NEWEST_HOST, type HostRecipe, type HostVersion } from './hosts';
import { ensureNode, type NodeRuntime } from './node24';
import { npm, writePackageJson } from './npm';
import { createProgress, type Progress } from './progress';

/** An n8n that is installed and can be started. */
export type Host = { version: HostVersion; node: NodeRuntime; entry: string; recipe: HostRecipe };

const COMPILER_HINT = 'Native modules are compiled here: a C++ compiler, make and Python 3 are needed (Debian: build-essential python3).';

async function listPackages(modules: string): Promise<string[]> {
	const names = await readdir(modules);
	const scopes = names.filter((name) => name.startsWith('@'));
	const scoped = await Promise.all(
		scopes.map(async (scope) => (await readdir(path.join(modules, scope))).map((name) => path.join(scope, name))),
	);
	return [...names.filter((name) => !/^[.@]/.test(name)), ...scoped.flat()];
}

const exists = async (file: string) =>
	await access(file).then(
		() => true,
		() => false,
	);

/** npm makes every folder first and fills them one after the other, so the filled ones tell how far it is. */
async function measureInstall(dir: string): Promise<number | undefined> {
	const modules = path.join(dir, 'node_modules');
	const packages = await listPackages(modules).catch(() => []);
	if (packages.length === 0) return undefined;
	const filled = await Promise.all(packages.map(async (name) => await exists(path.join(modules, name, 'package.json'))));
	return filled.filter(Boolean).length / packages.length;
}

async function installHost(
	dir: string,
	manifest: object,
	{ version, node, recipe }: Omit<Host, 'entry'>,
	progress: Progress,
): Promise<void> {
	await writePackageJson(dir, manifest);
	const install = ['install', '--ignore-scripts', '--no-package-lock', '--prefer-offline'];
	await progress.step(`Installing n8n ${version} (1 of 2: download)`, async () => await npm(install, { cwd: dir, node }), {
		typicalMs: recipe.typicalInstallMs,
		measure: async () => await measureInstall(dir),
	});
	const rebuild = ['rebuild', ...recipe.rebuild, '--foreground-scripts', '--ignore-scripts=false'];
	await progress.step(
		`Installing n8n ${version} (2 of 2: compile ${recipe.rebuild.join(', ')})`,
		async () => await npm(rebuild, { cwd: dir, node, hint: COMPILER_HINT }),
		{ typicalMs: recipe.typicalRebuildMs },
	);
}

/**
 * Makes sure that this n8n is installed in the cache, and returns what is needed to start it.
 * The first time takes minutes and about 3 GB; afterwards it takes no time.
 */
export async function ensureHost(version: HostVersion = NEWEST_HOST, progress: Progress = createProgress()): Promise<Host> {
	const recipe = HOSTS[version];
	const node = await ensureNode(recipe.node, progress);
	const dir = path.join(cacheRoot(), `n8n-${version}-node${node.major}`);
	const manifest = {
		private: true,
		dependencies: { n8n: version },
		overrides: recipe.overrides,
	};
	await ensureInstalled(
		dir,
		{ manifest, rebuild: recipe.rebuild },
		async () => await installHost(dir, manifest, { version, node, recipe }, progress),
		() => progress.note(`Waiting for another process that installs n8n ${version}`),
	);
	const entry = path.join(dir, 'node_modules', 'n8n', 'bin', 'n8n');
	return { version, node, entry, recipe };
}
