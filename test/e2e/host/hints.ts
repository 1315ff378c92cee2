import type { SavedWorkflow, WorkflowNode } from './workflow';

type TriggerParameters = { path?: string; httpMethod?: string; options?: { path?: string } };

const findNode = (workflow: SavedWorkflow, type: string): WorkflowNode | undefined =>
	workflow.nodes.find((node) => node.type === `n8n-nodes-base.${type}`);

function toHint(
	workflows: readonly SavedWorkflow[],
	type: string,
	describe: (workflow: SavedWorkflow, trigger: WorkflowNode) => string,
): string | undefined {
	const found = workflows
		.flatMap((workflow) => ({ workflow, trigger: findNode(workflow, type) }))
		.sort((one, other) => one.workflow.nodes.length - other.workflow.nodes.length)
		.find(({ trigger }) => trigger !== undefined);
	return found?.trigger && describe(found.workflow, found.trigger);
}

function toCurl(url: string, { parameters }: WorkflowNode): string {
	const { path = '', httpMethod = 'GET' } = parameters as TriggerParameters;
	const body = httpMethod === 'GET' ? '' : ` -H 'Content-Type: application/json' -d '{"prompt":"A red fox in snow"}'`;
	return `curl -X ${httpMethod} ${url}/webhook/${path}${body} -o image.png`;
}

function toFormUrl(url: string, { parameters, webhookId }: WorkflowNode): string {
	const { path, options } = parameters as TriggerParameters;
	return `${url}/form/${path ?? options?.path ?? String(webhookId)}`;
}

/** Three things to try, made from the simplest example workflow of each kind, as far as there are any. */
export function thingsToTry(url: string, workflows: readonly SavedWorkflow[]): string[] {
	const hints = [
		toHint(workflows, 'manualTrigger', ({ id, name }) => `Open ${url}/workflow/${id} ("${name}") and press "Execute workflow"`),
		toHint(workflows, 'webhook', ({ name }, trigger) => `Call "${name}" from a terminal:\n     ${toCurl(url, trigger)}`),
		toHint(workflows, 'formTrigger', ({ name }, trigger) => `Fill in the form of "${name}": ${toFormUrl(url, trigger)}`),
		`Make a workflow of your own: ${url}/workflow/new, add a node and type "kyma"`,
		`See that the key works: ${url}/home/credentials, open "Kyma API"`,
		'Let it fail: give Kyma Image an empty prompt, and read what it says',
	];
	return hints.filter((hint) => hint !== undefined).slice(0, 3);
}
