/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';
import { inheritedEnv, instanceEnv, instanceUrl, QUIET_ENV, serverEnv, workerEnv, type Env } from './env';
import type { HostVersion } from './hosts';
import type { Host } from './install';

export type StartOptions = {
	version?: HostVersion;
	/** n8n's own subcommand. */
	command?: 'start' | 'webhook' | 'worker';
	extraArgs?: readonly string[];
	/** A temporary one, removed on stop, unless given. */
	userFolder?: string;
	/** Of the server, or of a worker's health check; a free one unless given. */
	port?: number;
	/** The same for all processes of one installation, and for every later start on the same user folder. */
	encryptionKey?: string;
	/** Added last: wins over everything else. */
	env?: Env;
	bootTimeoutMs?: number;
};

export type Plan = { args: string[]; env: Env };

/** What exactly is started: a pure function of the host and the chosen folder and ports. */
export function planStart(
	host: Pick<Host, 'entry' | 'node' | 'recipe'>,
	outer: NodeJS.ProcessEnv,
	options: StartOptions & { userFolder: string; port: number; brokerPort: number },
): Plan {
	const { command = 'start', extraArgs = [], port } = options;
	const inherited = inheritedEnv(outer);
	const env = {
		...inherited,
		// n8n starts its task runner as plain "node".
		PATH: `${path.dirname(host.node.bin)}${path.delimiter}${inherited.PATH ?? ''}`,
		...QUIET_ENV,
		...instanceEnv(options),
		...(command === 'worker' ? workerEnv(port) : serverEnv(port)),
		N8N_DISABLED_MODULES: host.recipe.disabledModules.join(','),
		...host.recipe.env(`${instanceUrl(port)}/`),
		...options.env,
	};
	return { args: [host.entry, command, ...extraArgs], env };
}
