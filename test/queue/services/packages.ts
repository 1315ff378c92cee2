/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import type { Progress } from '../../e2e/host/progress';
import { run } from '../../e2e/host/run';

const POSTGRES_ROOT = '/usr/lib/postgresql';
const DEBIAN_PACKAGES = ['redis-server', 'postgresql'] as const;

/** Where the two servers' programs are. */
export type Programs = { redis: string; postgresDir: string };

const findOnPath = (name: string): string | undefined =>
	(process.env.PATH ?? '')
		.split(path.delimiter)
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));

/** Debian keeps PostgreSQL's servers outside of PATH, one folder per version; other systems have them on it. */
function findPostgresDir(): string | undefined {
	const versions = existsSync(POSTGRES_ROOT) ? readdirSync(POSTGRES_ROOT).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = versions.map((version) => path.join(POSTGRES_ROOT, version, 'bin'));
	const onPath = findOnPath('postgres');
	return [...folders, ...(onPath ? [path.dirname(onPath)] : [])].find((folder) => existsSync(path.join(folder, 'postgres')));
}

function findPrograms(): Programs | undefined {
	const redis = findOnPath('redis-server');
	const postgresDir = findPostgresDir();
	return redis && postgresDir ? { redis, postgresDir } : undefined;
}

const isRoot = () => process.getuid?.() === 0;
const ADVICE = `On Debian or Ubuntu: apt-get install --no-install-recommends -y ${DEBIAN_PACKAGES.join(' ')}`;

async function install({ step }: Progress): Promise<void> {
	// In run level 1 the packages do not start services of their own, which nobody needs here.
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	const aptGet = async (...args: string[]) => await run('apt-get', args, { env, hint: ADVICE });
	await step('Looking for Redis and PostgreSQL', async () => await aptGet('update'), { typicalMs: 8_000 });
	const packages = async () => await aptGet('install', '--no-install-recommends', '-y', ...DEBIAN_PACKAGES);
	await step('Installing Redis and PostgreSQL', packages, { typicalMs: 40_000 });
}

/**
 * Finds Redis and PostgreSQL, and installs Debian's packages when one is missing and this user may.
 * @throws Error that says what to install
 */
export async function ensurePrograms(progress: Progress): Promise<Programs> {
	const found = findPrograms();
	if (found) return found;
	if (!isRoot() || !findOnPath('apt-get')) {
		throw new Error(`Redis and PostgreSQL are needed and cannot be installed for you here. ${ADVICE}`);
	}
	await install(progress);
	const installed = findPrograms();
	if (installed) return installed;
	throw new Error(`Redis or PostgreSQL is still missing after their installation. ${ADVICE}`);
}
