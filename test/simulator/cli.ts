/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Command, InvalidArgumentError } from 'commander';
import { parseFault } from './fault-kinds';
import { startSimulator } from './index';
import type { RecordedRequest, Simulator, Tier } from './types';

function toNumber(text: string): number {
	const value = Number(text);
	if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('Not a number.');
	return value;
}

function toTier(text: string): Tier {
	const tier = ([0, 1, 2, 3, 4] as const).find((each) => String(each) === text);
	if (tier === undefined) throw new InvalidArgumentError('A tier is 0, 1, 2, 3 or 4.');
	return tier;
}

const collect = (value: string, before: string[] = []) => [...before, value];

const program = new Command('simulator')
	.description('A stand-in for the Kyma API: jobs, money, images and faults, on this machine')
	.option('--port <n>', 'port of the API', toNumber, 4010)
	.option('--image-port <n>', 'port of the image host', toNumber, 4011)
	.option('--host <address>', 'address to listen on', '127.0.0.1')
	.option('--speed <factor>', 'time scale: 1 = as slow as the real models, 0 = at once', toNumber, 1)
	.option('--job-duration <ms>', 'exact duration of every job', toNumber)
	.option('--tier <tier>', 'tier of the account, 0 to 4', toTier, 4 as Tier)
	.option('--key <key>', 'an API key to accept (repeatable)', collect)
	.option('--balance <usd>', 'balance in USD', toNumber, 1000)
	.option('--image-bytes <n>', 'pad every raster image to this size', toNumber)
	.option('--long-side <px>', 'longer side of the images', toNumber, 1024)
	.option('--same-picture', 'draw one picture and give it to all jobs: for measurements')
	.option('--seed <n>', 'seed of ids, latencies and fault rates (default: the time)', toNumber)
	.option('--enforce-rpm', "refuse submits beyond the tier's requests per minute")
	.option('--fault <json>', 'a fault, as the README lists them (repeatable)', collect)
	.option('--json', 'print one line of JSON for a parent process, and nothing else');

type Flags = {
	port: number;
	imagePort: number;
	host: string;
	speed: number;
	jobDuration?: number;
	tier: Tier;
	key?: string[];
	balance: number;
	imageBytes?: number;
	longSide: number;
	samePicture?: boolean;
	seed?: number;
	enforceRpm?: boolean;
	fault?: string[];
	json?: boolean;
};

const print = (line: string) => void process.stdout.write(`${line}\n`);

function printRequest(request: RecordedRequest): void {
	const { host, method, path, status, at, finishedAt = at, jobId, fault } = request;
	const took = `${Math.round(finishedAt - at)} ms`;
	const notes = [jobId && `job ${jobId}`, fault && `fault ${fault}`].filter(Boolean).join(', ');
	print([host.padEnd(5), method.padEnd(4), path, status ?? 'no answer', took, notes].join('  '));
}

function printWelcome({ url, apiKey, imageOrigin }: Simulator): void {
	print(`Kyma simulator   ${url}`);
	print(`Image host       ${imageOrigin}`);
	print(`API key          ${apiKey}\n`);
	print(`curl ${url}/images/generations -H 'authorization: Bearer ${apiKey}' \\`);
	print(`  -H 'content-type: application/json' \\`);
	print(`  -d '{"model":"nano-banana","prompt":"A lighthouse at dusk"}'\n`);
	print('Ctrl-C stops it.\n');
}

async function start(flags: Flags): Promise<Simulator> {
	const faults = (flags.fault ?? []).map((text) => parseFault(JSON.parse(text)));
	const simulator = await startSimulator({
		port: flags.port,
		imagePort: flags.imagePort,
		host: flags.host,
		speed: flags.speed,
		jobDurationMs: flags.jobDuration,
		tier: flags.tier,
		apiKeys: flags.key,
		balanceUsd: flags.balance,
		imageBytes: flags.imageBytes,
		imageLongSidePx: flags.longSide,
		samePicture: flags.samePicture,
		seed: flags.seed ?? Date.now() % 2 ** 32,
		enforceRpm: flags.enforceRpm,
		onRequest: flags.json ? undefined : printRequest,
	});
	for (const fault of faults) simulator.addFault(fault);
	return simulator;
}

async function main(): Promise<void> {
	const flags = program.parse().opts<Flags>();
	const simulator = await start(flags);
	const { url, origin, imageOrigin, apiKey } = simulator;
	if (flags.json) print(JSON.stringify({ url, origin, imageOrigin, apiKey }));
	else printWelcome(simulator);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close());
	}
}

main().catch((error: unknown) => {
	process.stderr.write(`${String(error)}\n`);
	process.exitCode = 1;
});
