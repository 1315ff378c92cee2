import type { Browser, Page } from 'playwright-core';

import { startN8n, type RunningN8n } from '../e2e/host/boot';
import { TEST_OWNER } from '../e2e/host/instance';
import { currentTarball, installPackage } from '../e2e/host/pack';
import { createProgress } from '../e2e/host/progress';
import { createClient, type N8nClient } from '../e2e/host/rest';
import { startSimulatorProcess, type SimulatorProcess } from '../e2e/host/simulator';
import { makeTempFolder } from '../e2e/host/temp';
import type { SavedWorkflow, Workflow } from '../e2e/host/workflow';
import { openEditor } from './browser';
import { createPictures, type TakePicture } from './pictures';
import { createReport, type Report } from './report';

export type Stage = {
	page: Page;
	n8n: RunningN8n;
	simulator: SimulatorProcess;
	report: Report;
	takePicture: TakePicture;
	/** Saves a workflow; its Kyma nodes get the credential that was made in the browser. */
	save: (workflow: Workflow) => Promise<SavedWorkflow>;
	/** Lets the simulator break once, see its README. */
	addFault: (fault: object) => Promise<void>;
	close: () => Promise<void>;
};

const { step } = createProgress();

async function bootN8n(): Promise<{ n8n: RunningN8n; removeFolder: () => Promise<void> }> {
	const { path, remove } = await makeTempFolder('kyma-ui-');
	await installPackage(await step('Building and packing the package', currentTarball), path);
	const n8n = await step('Starting n8n', async () => await startN8n({ userFolder: path, bootTimeoutMs: 300_000 }));
	return { n8n, removeFolder: remove };
}

async function saveWorkflow(client: N8nClient, workflow: Workflow): Promise<SavedWorkflow> {
	const credentials = await client.session.call<Array<{ id: string; name: string; type: string }>>('GET', '/credentials');
	return await client.importWorkflow(workflow, Object.fromEntries(credentials.map((each) => [each.type, each])));
}

async function addFault({ url }: SimulatorProcess, fault: object): Promise<void> {
	const headers = { 'content-type': 'application/json' };
	const { ok, status } = await fetch(new URL('/simulator/faults', url), { method: 'POST', headers, body: JSON.stringify(fault) });
	if (!ok) throw new Error(`The simulator did not take the fault (HTTP ${status})`);
}

async function openBrowser(n8n: RunningN8n): Promise<{ browser: Browser; page: Page; client: N8nClient }> {
	const client = createClient(n8n.url);
	await client.setupOwner(TEST_OWNER);
	return { client, ...(await step('Opening the editor', async () => await openEditor(n8n.url, TEST_OWNER))) };
}

/** An n8n with the packed package and without a credential, a simulator behind it, and a browser before it. */
export async function openStage({ withPictures }: { withPictures: boolean }): Promise<Stage> {
	const simulator = await startSimulatorProcess(['--speed', '0.05', '--seed', '1']);
	const { n8n, removeFolder } = await bootN8n();
	const { browser, page, client } = await openBrowser(n8n);
	const close = async () => {
		await browser.close();
		await n8n.stop();
		await simulator.stop();
		await removeFolder();
	};
	return {
		page,
		n8n,
		simulator,
		report: createReport(),
		takePicture: createPictures(page, withPictures),
		save: async (workflow) => await saveWorkflow(client, workflow),
		addFault: async (fault) => await addFault(simulator, fault),
		close,
	};
}
