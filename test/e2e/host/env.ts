/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';

export type Env = Record<string, string>;

export const LOOPBACK = '127.0.0.1';

/** The same for every instance that is not told otherwise, so that main and workers agree. Protects nothing. */
export const TEST_ENCRYPTION_KEY = 'kyma-test-encryption-key';

/**
 * What an instance takes from our own environment: how to reach the network and where things are. Anything
 * else stays out, so that a test run behaves the same in every shell (NODE_ENV=test would stop n8n).
 */
const INHERITED =
	/^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|TERM|HTTPS?_PROXY|ALL_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$/i;

export function inheritedEnv(outer: NodeJS.ProcessEnv): Env {
	const kept = Object.entries(outer).filter((entry): entry is [string, string] => INHERITED.test(entry[0]) && entry[1] !== undefined);
	const noProxy = [LOOPBACK, 'localhost', outer.NO_PROXY ?? outer.no_proxy].filter(Boolean).join(',');
	return { ...Object.fromEntries(kept), NO_PROXY: noProxy, no_proxy: noProxy };
}

const all = (names: string, value: string): Env =>
	Object.fromEntries(
		names
			.trim()
			.split(/\s+/)
			.map((name) => [name, value]),
	);

/** Nothing that calls out, nothing that greets a new user. */
export const QUIET_ENV: Env = {
	...all(
		`N8N_DIAGNOSTICS_ENABLED N8N_VERSION_NOTIFICATIONS_ENABLED
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED N8N_DYNAMIC_BANNERS_ENABLED N8N_TEMPLATES_ENABLED
		N8N_HIRING_BANNER_ENABLED N8N_PERSONALIZATION_ENABLED N8N_LICENSE_AUTO_RENEW_ENABLED
		N8N_VERIFIED_PACKAGES_ENABLED`,
		'false',
	),
	...all(
		`N8N_DIAGNOSTICS_CONFIG_FRONTEND N8N_DIAGNOSTICS_CONFIG_BACKEND N8N_SENTRY_DSN
		N8N_FRONTEND_SENTRY_DSN EXTERNAL_FRONTEND_HOOKS_URLS`,
		'',
	),
	N8N_ONBOARDING_FLOW_DISABLED: 'true',
};

export type InstanceEnvOptions = {
	userFolder: string;
	/** Of the task broker; every process of an installation needs its own. */
	brokerPort: number;
	encryptionKey?: string;
};

/** What main and worker processes both need. */
export function instanceEnv({ userFolder, brokerPort, encryptionKey = TEST_ENCRYPTION_KEY }: InstanceEnvOptions): Env {
	return {
		N8N_USER_FOLDER: path.resolve(userFolder),
		N8N_ENCRYPTION_KEY: encryptionKey,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: LOOPBACK,
		N8N_LISTEN_ADDRESS: LOOPBACK,
		N8N_HOST: LOOPBACK,
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
	};
}

export const instanceUrl = (port: number): string => `http://${LOOPBACK}:${port}`;

/** What a process that serves the editor, the REST API or webhooks needs. */
export function serverEnv(port: number): Env {
	return { N8N_PORT: String(port), N8N_EDITOR_BASE_URL: instanceUrl(port) };
}

/** What a worker needs, so that one can ask whether it is ready. */
export function workerEnv(healthPort: number): Env {
	return {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(healthPort),
	};
}

/** Queue mode, for the main process and every worker: executions travel through Redis. */
export function queueEnv({ redisPort, redisHost = LOOPBACK }: { redisPort: number; redisHost?: string }): Env {
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: redisHost,
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	};
}

export type PostgresOptions = {
	port: number;
	host?: string;
	database?: string;
	user?: string;
	password?: string;
};

export function postgresEnv(options: PostgresOptions): Env {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: options.host ?? LOOPBACK,
		DB_POSTGRESDB_PORT: String(options.port),
		DB_POSTGRESDB_DATABASE: options.database ?? 'n8n',
		DB_POSTGRESDB_USER: options.user ?? 'n8n',
		DB_POSTGRESDB_PASSWORD: options.password ?? '',
	};
}
