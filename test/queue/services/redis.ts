import { LOOPBACK } from '../../e2e/host/env';
import { freePort } from '../../e2e/host/ports';
import { spawnGroup } from '../../e2e/host/processes';
import { makeTempFolder } from '../../e2e/host/temp';
import type { Programs } from './packages';
import type { Service } from './service';
import { supervise } from './supervise';

/** Redis on the loopback address, on a free port. It writes to disk each second, so that a restart finds the queue again. */
export async function startRedis({ redis }: Programs): Promise<Service> {
	const folder = await makeTempFolder('kyma-redis-');
	const port = await freePort();
	const durability = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
	const args = ['--port', `${port}`, '--bind', LOOPBACK, '--dir', folder.path, ...durability];
	return await supervise({ name: 'Redis', port, folder, signal: 'SIGTERM', spawn: () => spawnGroup(redis, args, { cwd: folder.path }) });
}
