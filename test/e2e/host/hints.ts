import type { SavedWorkflow, WorkflowNode } from './workflow';

const WEBHOOK_TYPE = 'n8n-nodes-base.webhook';

type WebhookParameters = { path?: string; httpMethod?: string };

function toCurl(url: string, { parameters }: WorkflowNode): string {
	const { path = '', httpMethod = 'GET' } = parameters as WebhookParameters;
	const body = httpMethod === 'GET' ? '' : ` -H 'Content-Type: application/json' -d '{"prompt":"A red fox in snow"}'`;
	return `curl -X ${httpMethod} ${url}/webhook/${path}${body} -o answer`;
}

const findWebhook = ({ nodes }: SavedWorkflow) => nodes.find(({ type }) => type === WEBHOOK_TYPE);

/** Three things to try, made from the example workflows where they fit. */
export function thingsToTry(url: string, workflows: readonly SavedWorkflow[]): string[] {
	const toRun = workflows.find((workflow) => !findWebhook(workflow));
	const toCall = workflows.find(findWebhook);
	const webhook = toCall && findWebhook(toCall);
	const open = toRun && `Open ${url}/workflow/${toRun.id} ("${toRun.name}") and press "Execute workflow"`;
	const call = toCall && webhook && `Call "${toCall.name}" from a terminal:\n     ${toCurl(url, webhook)}`;
	return [
		open,
		call,
		`Make a workflow of your own: ${url}/workflow/new, press Tab and type "kyma"`,
		`See that the key works: ${url}/home/credentials, open "Kyma API"`,
		`Let it fail: give Kyma Image an empty prompt, and read what it says`,
	]
		.filter((hint) => hint !== undefined)
		.slice(0, 3);
}
