/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { parseFlatted } from './flatted';
import type { Session } from './session';
import type { SavedWorkflow } from './workflow';

const POLL_MS = 250;

export type ExecutionStatus = 'canceled' | 'crashed' | 'error' | 'new' | 'running' | 'success' | 'unknown' | 'waiting';

export type ExecutionSummary = {
	id: string;
	workflowId: string;
	status: ExecutionStatus;
	mode: string;
	startedAt?: string;
	stoppedAt?: string | null;
};

export type BinaryReference = {
	id?: string;
	data: string;
	mimeType: string;
	fileName?: string;
	fileSize?: string;
};

export type OutputItem = {
	json: Record<string, unknown>;
	binary?: Record<string, BinaryReference>;
	error?: unknown;
	pairedItem?: unknown;
};

export type NodeRun = {
	executionStatus?: string;
	executionTime: number;
	data?: Record<string, Array<OutputItem[] | null> | undefined>;
	error?: { message: string; [key: string]: unknown };
	hints?: unknown[];
};

export type Execution = ExecutionSummary & {
	data: {
		resultData: {
			runData: Record<string, NodeRun[] | undefined>;
			lastNodeExecuted?: string;
			error?: { message: string; [key: string]: unknown };
		};
	};
};

export type ExecutionCalls = {
	/** Newest first. */
	listExecutions: (filter?: { workflowId?: string; status?: ExecutionStatus[] }) => Promise<ExecutionSummary[]>;
	getExecution: (id: string) => Promise<Execution>;
	/** Polls until the execution has ended. @throws Error when it has not after `timeoutMs` */
	waitForExecution: (id: string, timeoutMs?: number) => Promise<Execution>;
	/** The Stop button. */
	stopExecution: (id: string) => Promise<void>;
	/** The Execute button: runs a saved workflow from that trigger node, and returns the execution's id. */
	runWorkflow: (workflow: SavedWorkflow, triggerName?: string) => Promise<string>;
	downloadBinary: (binary: BinaryReference, action?: 'download' | 'view') => Promise<Buffer>;
};

/** The items a node put out: of its first run, on its first output, unless told otherwise. */
export function outputOf({ data }: Execution, nodeName: string, { branch = 0, run = 0, connection = 'main' } = {}): OutputItem[] {
	return data.resultData.runData[nodeName]?.[run]?.data?.[connection]?.[branch] ?? [];
}

const ACTIVE: readonly ExecutionStatus[] = ['new', 'running', 'unknown', 'waiting'];

const isTrigger = (type: string): boolean => /trigger$|\.webhook$/i.test(type);

const triggerOf = ({ name, nodes }: SavedWorkflow): string => {
	const trigger = nodes.find(({ type }) => isTrigger(type));
	if (!trigger) throw new Error(`Workflow "${name}" has no trigger node to start from`);
	return trigger.name;
};

export function createExecutionCalls({ call, fetch }: Session): ExecutionCalls {
	const getExecution: ExecutionCalls['getExecution'] = async (id) => {
		const raw = await call<ExecutionSummary & { data: string }>('GET', `/executions/${id}`);
		return { ...raw, data: parseFlatted(raw.data) as Execution['data'] };
	};
	return {
		getExecution,
		listExecutions: async (filter = {}) => {
			const query = encodeURIComponent(JSON.stringify(filter));
			const page = await call<{ results: ExecutionSummary[] }>('GET', `/executions?filter=${query}&limit=100`);
			return page.results;
		},
		waitForExecution: async (id, timeoutMs = 120_000) => {
			const deadline = Date.now() + timeoutMs;
			for (;;) {
				const execution = await getExecution(id);
				if (!ACTIVE.includes(execution.status)) return execution;
				if (Date.now() > deadline) {
					throw new Error(`Execution ${id} is still ${execution.status} after ${timeoutMs / 1_000} s`);
				}
				await new Promise((resolve) => setTimeout(resolve, POLL_MS));
			}
		},
		stopExecution: async (id) => {
			await call('POST', `/executions/${id}/stop`);
		},
		runWorkflow: async (workflow, triggerName = triggerOf(workflow)) => {
			const start = { workflowData: workflow, triggerToStartFrom: { name: triggerName } };
			const answer = await call<{ executionId?: string }>('POST', `/workflows/${workflow.id}/run`, start);
			if (answer.executionId) return answer.executionId;
			throw new Error(`"${workflow.name}" waits for its webhook: call it with isTest: true`);
		},
		downloadBinary: async ({ id, data }, action = 'download') => {
			if (!id) return Buffer.from(data, 'base64');
			const query = `id=${encodeURIComponent(id)}&action=${action}`;
			return (await fetch('GET', `/binary-data?${query}`)).bytes;
		},
	};
}
