import type { Simulator } from '../simulator';
import type { Execution } from './host/execution';
import { NEWEST_HOST } from './host/hosts';
import type { HostVersion } from './host/hosts';
import type { Instance } from './host/instance';
import type { N8nClient } from './host/rest';
import type { SavedWorkflow, Workflow } from './host/workflow';

/** A running n8n with the package, and the simulator it talks to. */
export type World = { kyma: Simulator; instance: Instance; client: N8nClient; version: HostVersion };

/** One thing that a user does, told as a sentence; rejects when it does not come out as the sentence says. */
export type Scenario = { name: string; run: (world: World) => Promise<void> };

/** Older hosts drop some of what the newest keeps; the scenarios say where. */
export const isNewest = ({ version }: World): boolean => version === NEWEST_HOST;

/** Saves and publishes a workflow, with the Kyma credential of this instance. */
export async function publish({ client, instance }: World, workflow: Workflow): Promise<SavedWorkflow> {
	const saved = await client.importWorkflow(workflow, instance.credentials);
	await client.activate(saved);
	return saved;
}

/** Presses Execute and waits for the end. */
export async function execute({ client, instance }: World, workflow: Workflow): Promise<Execution> {
	const saved = await client.importWorkflow(workflow, instance.credentials);
	return await client.waitForExecution(await client.runWorkflow(saved));
}

/** The newest execution of a workflow, once it has ended. */
export async function lastExecution({ client }: World, { id }: SavedWorkflow): Promise<Execution> {
	const [newest] = await client.listExecutions({ workflowId: id });
	if (!newest) throw new Error('The workflow was never run');
	return await client.waitForExecution(newest.id);
}
