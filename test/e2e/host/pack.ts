/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheRoot } from './cache';
import { withLock } from './lock';
import { npm, writePackageJson } from './npm';
import { run } from './run';
import { makeTempFolder } from './temp';

export const CHECKOUT = path.resolve(__dirname, '..', '..', '..');
export const PACKAGE_NAME = 'n8n-nodes-kyma';

type Manifest = {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
};

/** Where n8n keeps a community package inside its user folder. */
export function packageDir(userFolder: string): string {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
}

/** A lock per checkout: two builds at once would delete each other's output. */
function buildLock(): string {
	const checkout = createHash('sha256').update(CHECKOUT).digest('hex').slice(0, 12);
	return path.join(cacheRoot(), 'locks', `build-${checkout}.lock`);
}

/**
 * Builds the package and packs it, as publishing would. Returns the path of the tarball in `targetDir`,
 * a temporary folder (removed on exit) unless given.
 */
export async function packPackage(targetDir?: string): Promise<string> {
	const target = targetDir ?? (await makeTempFolder('kyma-pack-')).path;
	await mkdir(target, { recursive: true });
	return await withLock(buildLock(), async () => {
		await npm(['run', 'build', '--ignore-scripts=false'], { cwd: CHECKOUT });
		const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', target];
		const [packed] = JSON.parse(await npm(pack, { cwd: CHECKOUT })) as [{ filename: string }];
		return path.join(target, packed.filename);
	});
}

let packed: Promise<string> | undefined;

/** The tarball that is tested: the file that `KYMA_TARBALL` names, else one that is packed once per process. */
export async function currentTarball(): Promise<string> {
	packed ??= process.env.KYMA_TARBALL ? Promise.resolve(path.resolve(process.env.KYMA_TARBALL)) : packPackage();
	return await packed;
}

async function dropForeignDependencies(dir: string): Promise<Manifest> {
	const manifest = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')) as Manifest;
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writePackageJson(dir, manifest);
	return manifest;
}

/**
 * Puts a packed tarball into a user folder with the same steps as n8n's own "Install community node":
 * unpack, drop the dependencies that n8n ignores, install the rest (normally none) without scripts.
 * Returns the folder of the installed package; an earlier version there is replaced.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const dir = packageDir(userFolder);
	await rm(dir, { recursive: true, force: true });
	await mkdir(dir, { recursive: true });
	await run('tar', ['-xzf', tarball, '-C', dir, '--strip-components=1']);
	const { dependencies = {} } = await dropForeignDependencies(dir);
	if (Object.keys(dependencies).length > 0) {
		const asN8n = ['--bin-links=false', '--install-strategy=shallow', '--package-lock=false'];
		await npm(['install', '--ignore-scripts', ...asN8n], { cwd: dir });
	}
	return dir;
}
