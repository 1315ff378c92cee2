import { LOOPBACK } from '../../e2e/host/env';
import { freePort } from '../../e2e/host/ports';
import { spawnGroup } from '../../e2e/host/processes';
import { makeTempFolder } from '../../e2e/host/temp';
import type { Programs } from './packages';
import type { Service } from './service';
import { supervise } from './supervise';

export type RedisOptions = {
	/** Whether it writes its data to disk (append-only file), so that they survive its end. */
	isDurable: boolean;
};

/** Redis on the loopback address, on a free port. */
export async function startRedis({ redis }: Programs, { isDurable }: RedisOptions): Promise<Service> {
	const folder = await makeTempFolder('kyma-redis-');
	const port = await freePort();
	const durability = isDurable ? ['--appendonly', 'yes', '--appendfsync', 'everysec'] : ['--appendonly', 'no'];
	const args = ['--port', `${port}`, '--bind', LOOPBACK, '--save', '', '--dir', folder.path, ...durability];
	return await supervise({ name: 'Redis', port, folder, signal: 'SIGTERM', spawn: () => spawnGroup(redis, args, { cwd: folder.path }) });
}
