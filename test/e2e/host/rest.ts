import { createExecutionCalls, type ExecutionCalls } from './execution';
import { createSession, RestError } from './session';
import { callWebhook, type WebhookRequest } from './webhook';
import type { RawResponse, Session } from './session';
import { toContent, withCredentials, type CredentialReference, type SavedWorkflow, type Workflow } from './workflow';

export type Owner = { email: string; password: string; firstName?: string; lastName?: string };

export type Credential = {
	name: string;
	type: string;
	data: Record<string, unknown>;
};

export type SavedCredential = CredentialReference & { type: string };
export type CredentialTest = { status: 'OK' | 'Error'; message: string };

export type N8nClient = ExecutionCalls & {
	url: string;
	session: Session;
	/** Makes the first user, or logs in as that user when there is one already. */
	setupOwner: (owner: Owner) => Promise<void>;
	login: (owner: Owner) => Promise<void>;
	createCredential: (credential: Credential) => Promise<SavedCredential>;
	/** Updates the credential of that type and name, or creates it. */
	saveCredential: (credential: Credential) => Promise<SavedCredential>;
	/** What the Test button does, with a saved credential's own data unless other data are given. */
	testCredential: (credential: SavedCredential, data?: Credential['data']) => Promise<CredentialTest>;
	createWorkflow: (workflow: Workflow) => Promise<SavedWorkflow>;
	/** Updates the workflow of that name, or creates it; its nodes get the given credentials, by type. */
	importWorkflow: (workflow: Workflow, credentials?: Record<string, CredentialReference>) => Promise<SavedWorkflow>;
	listWorkflows: () => Promise<SavedWorkflow[]>;
	activate: (workflow: Pick<SavedWorkflow, 'id' | 'versionId'>) => Promise<void>;
	deactivate: (workflowId: string) => Promise<void>;
	deleteWorkflow: (workflowId: string) => Promise<void>;
	/** Calls a webhook, waiting first until n8n knows it. */
	callWebhook: (path: string, request?: WebhookRequest) => Promise<RawResponse>;
};

type CredentialCalls = Pick<N8nClient, 'createCredential' | 'saveCredential' | 'testCredential'>;
type WorkflowCalls = Pick<N8nClient, 'activate' | 'createWorkflow' | 'deactivate' | 'deleteWorkflow' | 'importWorkflow' | 'listWorkflows'>;

function createCredentialCalls({ call }: Session): CredentialCalls {
	const createCredential: N8nClient['createCredential'] = async (credential) => await call('POST', '/credentials', credential);
	return {
		createCredential,
		saveCredential: async (credential) => {
			const saved = await call<SavedCredential[]>('GET', '/credentials');
			const same = saved.find(({ name, type }) => name === credential.name && type === credential.type);
			if (!same) return await createCredential(credential);
			return await call('PATCH', `/credentials/${same.id}`, credential);
		},
		testCredential: async ({ id, name, type }, data) => {
			const saved = data ?? (await call<Credential>('GET', `/credentials/${id}?includeData=true`)).data;
			return await call('POST', '/credentials/test', {
				credentials: { id, name, type, data: saved },
			});
		},
	};
}

function createWorkflowCalls({ call }: Session): WorkflowCalls {
	const listWorkflows: N8nClient['listWorkflows'] = async () => await call('GET', '/workflows');
	const createWorkflow: N8nClient['createWorkflow'] = async (workflow) =>
		await call('POST', '/workflows', { ...toContent(workflow), active: false });
	return {
		listWorkflows,
		createWorkflow,
		importWorkflow: async (workflow, credentials = {}) => {
			const content = toContent(withCredentials(workflow, credentials));
			const same = (await listWorkflows()).find(({ name }) => name === workflow.name);
			if (!same) return await createWorkflow(content);
			return await call('PATCH', `/workflows/${same.id}?forceSave=true`, content);
		},
		activate: async ({ id, versionId }) => {
			await call('POST', `/workflows/${id}/activate`, { versionId });
		},
		deactivate: async (id) => {
			await call('POST', `/workflows/${id}/deactivate`, {});
		},
		deleteWorkflow: async (id) => {
			await call('POST', `/workflows/${id}/archive`, {});
			await call('DELETE', `/workflows/${id}`);
		},
	};
}

/** A client of a running instance: what the editor can do, for programs. Log in (or set up) first. */
export function createClient(url: string): N8nClient {
	const session = createSession(url);
	const login: N8nClient['login'] = async ({ email, password }) => {
		await session.call('POST', '/login', { emailOrLdapLoginId: email, password });
	};
	const setupOwner: N8nClient['setupOwner'] = async (owner) => {
		const names = { firstName: 'Kyma', lastName: 'Tester' };
		const setUp = session.call('POST', '/owner/setup', { ...names, ...owner });
		const isDone = await setUp.then(
			() => true,
			(error: unknown) => {
				if (error instanceof RestError && error.statusCode === 400) return false;
				throw error;
			},
		);
		if (!isDone) await login(owner);
	};
	return {
		url,
		session,
		login,
		setupOwner,
		...createCredentialCalls(session),
		...createWorkflowCalls(session),
		...createExecutionCalls(session),
		callWebhook: async (path, request) => await callWebhook(url, path, request),
	};
}
