export const KYMA_CREDENTIAL_TYPE = 'kymaApi';
const KYMA_NODE_PREFIX = 'n8n-nodes-kyma.';

export type CredentialReference = { id: string; name: string };

export type WorkflowNode = {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, CredentialReference>;
	[setting: string]: unknown;
};

export type Workflow = {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
};

export type SavedWorkflow = Workflow & { id: string; versionId: string; active?: boolean };

/** Gives every node the credentials of this instance, by credential type; a Kyma node always gets one. */
export function withCredentials(workflow: Workflow, byType: Record<string, CredentialReference>): Workflow {
	const toOwn = (node: WorkflowNode): WorkflowNode => {
		const types = new Set(Object.keys(node.credentials ?? {}));
		if (node.type.startsWith(KYMA_NODE_PREFIX)) types.add(KYMA_CREDENTIAL_TYPE);
		const credentials = { ...node.credentials };
		for (const type of types) {
			const own = byType[type];
			if (own) credentials[type] = { id: own.id, name: own.name };
		}
		return types.size > 0 ? { ...node, credentials } : node;
	};
	return { ...workflow, nodes: workflow.nodes.map(toOwn) };
}

/** Only what a workflow is, without what an instance it was exported from added. */
export function toContent({ name, nodes, connections, settings, pinData }: Workflow): Workflow {
	return { name, nodes, connections, settings: settings ?? {}, pinData: pinData ?? {} };
}
