/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import path from 'node:path';

import { LOOPBACK } from '../../e2e/host/env';
import { freePort } from '../../e2e/host/ports';
import { spawnGroup } from '../../e2e/host/processes';
import { run } from '../../e2e/host/run';
import { makeTempFolder } from '../../e2e/host/temp';
import type { Programs } from './packages';
import type { Service } from './service';
import { supervise } from './supervise';

export const DATABASE_USER = 'n8n';
/** The one that `initdb` makes. */
export const DATABASE = 'postgres';

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made for it. */
const ACCOUNT = 'postgres';
const isRoot = () => process.getuid?.() === 0;
const asServerUser = (command: string, args: string[]): [string, string[]] =>
	isRoot() ? ['setpriv', [`--reuid=${ACCOUNT}`, `--regid=${ACCOUNT}`, '--init-groups', command, ...args]] : [command, args];

const toFlags = (settings: Record<string, string>) => Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/**
 * PostgreSQL on the loopback address, on a free port. `fsync` is off: a test has no use for data that survive a power
 * cut, and the disk of the machine is left out of what is measured.
 */
export async function startPostgres({ postgresDir }: Programs): Promise<Service> {
	const folder = await makeTempFolder('kyma-postgres-');
	if (isRoot()) await run('chown', [ACCOUNT, folder.path]);
	const data = path.join(folder.path, 'data');
	const port = await freePort();
	const initdb = ['-D', data, '-U', DATABASE_USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
	await run(...asServerUser(path.join(postgresDir, 'initdb'), initdb), { cwd: folder.path });
	const settings = { listen_addresses: LOOPBACK, unix_socket_directories: folder.path, fsync: 'off', max_connections: '100' };
	const server = asServerUser(path.join(postgresDir, 'postgres'), ['-D', data, '-p', `${port}`, ...toFlags(settings)]);
	const spawn = () => spawnGroup(...server, { cwd: folder.path });
	// SIGINT is PostgreSQL's fast shutdown: it does not wait for clients that stay connected.
	return await supervise({ name: 'PostgreSQL', port, folder, signal: 'SIGINT', spawn });
}
