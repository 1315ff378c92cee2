import type { Workflow } from '../e2e/host/workflow';

export const PROMPT = 'A red bicycle leaning on a white wall, morning light';

/** What the model list saves. */
export const pickModel = (id: string, name: string) => ({ __rl: true, mode: 'list', value: id, cachedResultName: name });

export function buildWorkflow(name: string, parameters: Record<string, unknown>): Workflow {
	const trigger = { name: 'Manual Trigger', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
	const image = { name: 'Kyma Image', type: 'n8n-nodes-kyma.kymaImage', typeVersion: 1, parameters };
	return {
		name,
		nodes: [
			{ ...trigger, position: [0, 0] },
			{ ...image, position: [220, 0] },
		],
		connections: { [trigger.name]: { main: [[{ node: image.name, type: 'main', index: 0 }]] } },
	};
}

/** As the editor saves a new node: every parameter with its default, the model included. */
export const generateWith = (parameters: Record<string, unknown> = {}): Record<string, unknown> => ({
	operation: 'generate',
	model: pickModel('nano-banana', 'Nano Banana · $0.046 · edits'),
	prompt: PROMPT,
	...parameters,
});
