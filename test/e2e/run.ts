/* eslint-disable @n8n/community-nodes/no-restricted-globals */
// Drives the package in whole n8n servers: `npm run test:e2e` on the newest, `npm run test:compat` on all that are supported.
import { Command } from 'commander';

import { startSimulator } from '../simulator';
import { HOSTS, NEWEST_HOST } from './host/hosts';
import type { HostVersion } from './host/hosts';
import { ensureHost } from './host/install';
import { startInstance } from './host/instance';
import { currentTarball } from './host/pack';
import { createProgress } from './host/progress';
import { exampleScenarios } from './scenarios/examples';
import { runScenarios } from './scenarios/runs';
import { webhookScenarios } from './scenarios/webhooks';
import type { Scenario, World } from './world';

const SCENARIOS: Scenario[] = [...runScenarios, ...webhookScenarios, ...exampleScenarios];

const { step } = createProgress();
const print = (line: string) => process.stdout.write(`${line}\n`);

type Tally = { passed: number; failed: number };

/** Runs one scenario on a simulator that has forgotten the one before. */
async function runScenario(world: World, { name, run }: Scenario): Promise<boolean> {
	world.kyma.reset();
	const startedAt = Date.now();
	try {
		await run(world);
		print(`  ok    ${name} (${Date.now() - startedAt} ms)`);
		return true;
	} catch (caught) {
		print(`  FAIL  ${name}\n        ${caught instanceof Error ? (caught.stack ?? caught.message) : String(caught)}`);
		return false;
	}
}

async function runHost(version: HostVersion, only: string): Promise<Tally> {
	await ensureHost(version);
	await step('Building and packing the package', currentTarball);
	const kyma = await startSimulator({ speed: 0.02 });
	const access = { baseUrl: kyma.url, apiKey: kyma.apiKey };
	const instance = await step(`Starting n8n ${version}`, async () => await startInstance(access, { version }));
	const world = { kyma, instance, client: instance.client, version };
	const tally = { passed: 0, failed: 0 };
	print(`n8n ${version}`);
	try {
		for (const scenario of SCENARIOS.filter(({ name }) => name.includes(only))) {
			tally[(await runScenario(world, scenario)) ? 'passed' : 'failed'] += 1;
		}
	} finally {
		await instance.stop();
		await kyma.close();
	}
	return tally;
}

async function main({ host, allHosts, only }: { host: HostVersion; allHosts: boolean; only: string }): Promise<void> {
	const versions = allHosts ? (Object.keys(HOSTS) as HostVersion[]) : [host];
	const total = { passed: 0, failed: 0 };
	for (const version of versions) {
		const { passed, failed } = await runHost(version, only);
		print(`n8n ${version}: ${passed} of ${passed + failed} scenarios`);
		total.passed += passed;
		total.failed += failed;
	}
	print(`${total.passed} passed, ${total.failed} failed`);
	process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}

const command = new Command('test:e2e')
	.option('--host <version>', `one of ${Object.keys(HOSTS).join(', ')}`, NEWEST_HOST)
	.option('--all-hosts', 'run on every host', false)
	.option('--only <words>', 'only scenarios whose sentence holds these words', '');

main(command.parse().opts()).catch((error: Error) => {
	process.stderr.write(`${error.stack ?? error.message}\n`);
	process.exit(1);
});
