/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { startN8n } from '../e2e/host/boot';
import type { RunningN8n } from '../e2e/host/boot';
import { postgresEnv, queueEnv } from '../e2e/host/env';
import type { Env } from '../e2e/host/env';
import { NEWEST_HOST } from '../e2e/host/hosts';
import type { HostVersion } from '../e2e/host/hosts';
import { startInstance } from '../e2e/host/instance';
import type { Instance, KymaAccess } from '../e2e/host/instance';
import { currentTarball, installPackage } from '../e2e/host/pack';
import { makeTempFolder } from '../e2e/host/temp';
import type { TempFolder } from '../e2e/host/temp';
import type { Programs } from './services/packages';
import { DATABASE, DATABASE_USER, startPostgres } from './services/postgres';
import { startRedis } from './services/redis';
import type { Service } from './services/service';

export type Worker = { name: string; n8n: RunningN8n; folder: TempFolder; /** Logs of the processes it was before. */ earlierLogs: string };

/** n8n in queue mode: one main process, its workers, Redis and PostgreSQL, all on this machine. */
export type Cluster = {
	redis: Service;
	postgres: Service;
	main: Instance;
	workers: Worker[];
	/** What every process of n8n gets on top. */
	env: Env;
	concurrency: number;
	version: HostVersion;
};

export type ClusterOptions = { access: KymaAccess; concurrency: number; env?: Env; version?: HostVersion };

/** The services and the main process; no worker yet. */
export async function startCluster(programs: Programs, options: ClusterOptions): Promise<Cluster> {
	const redis = await startRedis(programs);
	const postgres = await startPostgres(programs);
	const database = { port: postgres.port, database: DATABASE, user: DATABASE_USER };
	const env = { ...queueEnv({ redisPort: redis.port }), ...postgresEnv(database), ...options.env };
	const { version = NEWEST_HOST, concurrency } = options;
	const main = await startInstance(options.access, { env, version });
	return { redis, postgres, main, workers: [], env, concurrency, version };
}

const boot = async ({ env, concurrency, version }: Cluster, { path: userFolder }: TempFolder): Promise<RunningN8n> =>
	await startN8n({ command: 'worker', extraArgs: [`--concurrency=${concurrency}`], userFolder, env, version });

/** One more worker, with the package in its own folder, as on a machine of its own. */
export async function addWorker(cluster: Cluster): Promise<Worker> {
	const folder = await makeTempFolder('kyma-worker-');
	await installPackage(await currentTarball(), folder.path);
	const worker = { name: `worker ${cluster.workers.length + 1}`, n8n: await boot(cluster, folder), folder, earlierLogs: '' };
	cluster.workers.push(worker);
	return worker;
}

/** `kill -9`, as when the machine of a worker is lost. */
export async function killWorker({ n8n }: Worker): Promise<void> {
	n8n.kill('SIGKILL');
	await n8n.exited;
}

/** Starts a worker that has ended again, in the folder it had. */
export async function reviveWorker(cluster: Cluster, worker: Worker): Promise<void> {
	worker.earlierLogs += worker.n8n.logs();
	worker.n8n = await boot(cluster, worker.folder);
}

export const isAlive = ({ pid }: RunningN8n): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

export async function removeWorker(cluster: Cluster, worker: Worker): Promise<void> {
	cluster.workers.splice(cluster.workers.indexOf(worker), 1);
	await worker.n8n.stop();
	await worker.folder.remove();
}

export async function stopCluster({ workers, main, redis, postgres }: Cluster): Promise<void> {
	await Promise.all(workers.map(async ({ n8n }) => await n8n.stop()));
	await Promise.all(workers.map(async ({ folder }) => await folder.remove()));
	await main.stop();
	await Promise.all([redis.stop(), postgres.stop()]);
}

export const logsOf = ({ earlierLogs, n8n }: Worker): string => earlierLogs + n8n.logs();

/** Executions that two workers, or one of them twice, have begun. */
export function listRerun({ workers }: Cluster): string[] {
	const started = workers.flatMap(startedBy);
	return [...new Set(started.filter((id, index) => started.indexOf(id) !== index))];
}

/** Executions a worker has begun, in order, as its log says; one that appears twice was run twice. */
export const startedBy = (worker: Worker): string[] =>
	[...logsOf(worker).matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id);
