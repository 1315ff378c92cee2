/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { startN8n, type RunningN8n } from './host/boot';
import { cacheRoot } from './host/cache';
import { importExamples, openDevInstance, type DevInstance } from './host/dev-instance';
import { thingsToTry } from './host/hints';
import { HOSTS, NEWEST_HOST, type HostVersion } from './host/hosts';
import { ensureHost } from './host/install';
import { provision, type KymaAccess } from './host/instance';
import { withLock } from './host/lock';
import { currentTarball, installPackage } from './host/pack';
import { freePort } from './host/ports';
import { isShuttingDown, onShutdown } from './host/processes';
import { createProgress } from './host/progress';
import { createClient } from './host/rest';
import { tail } from './host/run';
import { startSimulatorProcess } from './host/simulator';
import { watchSources } from './host/watch';
import { KYMA_CREDENTIAL_TYPE, type SavedWorkflow } from './host/workflow';

const REAL_API_URL = 'https://kymaapi.com/v1';
const USUAL_PORT = 5678;
const SIMULATOR_PORT = 4010;
const TYPICAL_BOOT_MS = 12_000;

type Options = { dev: boolean; host: HostVersion; port?: number };

const progress = createProgress();
const print = (line: string) => void process.stdout.write(`${line}\n`);

async function chooseApi(): Promise<KymaAccess & { label: string }> {
	const apiKey = process.env.KYMA_API_KEY;
	if (apiKey) {
		const baseUrl = process.env.KYMA_BASE_URL ?? REAL_API_URL;
		return { baseUrl, apiKey, label: `${baseUrl} (the real API: images cost money)` };
	}
	const simulator = await startSimulatorProcess([
		'--port',
		String(await freePort(SIMULATOR_PORT)),
		'--image-port',
		String(await freePort(SIMULATOR_PORT + 1)),
	]);
	const label = `${simulator.url} (the simulator: free; set KYMA_API_KEY to use the real API)`;
	return { baseUrl: simulator.url, apiKey: simulator.apiKey, label };
}

async function boot({ dev, host, port }: Options, instance: DevInstance): Promise<RunningN8n> {
	const { userFolder, encryptionKey } = instance;
	const env: Record<string, string> = dev ? { N8N_DEV_RELOAD: 'true' } : {};
	const chosenPort = await freePort(port ?? USUAL_PORT);
	const start = { version: host, userFolder, encryptionKey, env, port: chosenPort };
	return await progress.step(`Starting n8n ${host}`, async () => await startN8n(start), {
		typicalMs: TYPICAL_BOOT_MS,
	});
}

function introduce(n8n: RunningN8n, instance: DevInstance, api: string, workflows: SavedWorkflow[]) {
	const { owner, encryptionKey, userFolder } = instance;
	const hints = thingsToTry(n8n.url, workflows).map((hint, index) => `  ${index + 1}. ${hint}`);
	print(`
  n8n             ${n8n.url}
  Email           ${owner.email}
  Password        ${owner.password}
  Kyma API        ${api}
  Workflows       ${workflows.length} examples imported
  Data            ${userFolder}
  Encryption key  ${encryptionKey}

  Three things to try:
${hints.join('\n')}

  Ctrl-C stops everything.
`);
}

async function serve(options: Options): Promise<void> {
	onShutdown(async () => print('\nStopping'));
	const instance = await openDevInstance(options.host);
	await ensureHost(options.host, progress);
	const tarball = await progress.step('Building and packing the package', currentTarball);
	const packageFolder = await installPackage(tarball, instance.userFolder);
	const api = await chooseApi();
	const n8n = await boot(options, instance);
	const client = createClient(n8n.url);
	const credential = await provision(client, instance.owner, api);
	const credentials = { [KYMA_CREDENTIAL_TYPE]: credential };
	const workflows = await importExamples(client, credentials, progress.note);
	introduce(n8n, instance, api.label, workflows);
	if (options.dev) watchSources(packageFolder, print);
	await n8n.exited;
	if (isShuttingDown()) return;
	throw new Error(`n8n has ended. The end of its log:\n${tail(n8n.logs())}`);
}

/** Two servers on one user folder would spoil each other's database. */
async function serveAlone(options: Options): Promise<void> {
	const lock = path.join(cacheRoot(), 'locks', `serve-${options.host}.lock`);
	await withLock(
		lock,
		async () => await serve(options),
		() => {
			throw new Error(`n8n ${options.host} is already running from this cache (lock file ${lock})`);
		},
	);
}

const toPort = (text: string): number => {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new InvalidArgumentError('A number from 1 to 65535 is needed.');
};

new Command('n8n')
	.description('Runs a real n8n with this package installed, an owner, a Kyma credential and the examples')
	.option('--dev', 'compile and reload on every change', false)
	.option('--port <number>', `where to listen (default: ${USUAL_PORT}, or any free port)`, toPort)
	.addOption(new Option('--host <version>', 'which n8n').choices(Object.keys(HOSTS)).default(NEWEST_HOST))
	.action(async (options: Options) => {
		await serveAlone(options).catch(({ message }: Error) => {
			process.stderr.write(`\n${message}\n`);
			process.exit(1);
		});
	})
	.parse();
