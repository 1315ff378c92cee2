import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';

import { OPERATIONS, properties } from './operations';
import { searchEditModels, searchGenerateModels } from './search';

export class KymaImage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kyma Image',
		name: 'kymaImage',
		icon: { light: 'file:../../icons/kyma.svg', dark: 'file:../../icons/kyma.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "getJob" ? "Get Image Job" : $parameter["operation"] === "listModels" ? "List Image Models" : [$parameter["operation"] === "edit" ? "Edit" : "Generate", $parameter["model"]].filter(Boolean).join(": ") }}',
		description: 'Generate and edit images with Nano Banana, GPT Image, FLUX, Imagen, Recraft and more',
		defaults: { name: 'Kyma Image' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kymaApi', required: true }],
		usableAsTool: true,
		properties,
	};

	methods = { listSearch: { searchGenerateModels, searchEditModels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const name = this.getNodeParameter('operation', 0) as string;
		const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
		if (!operation) throw new NodeOperationError(this.getNode(), `Operation: "${name}" is not known`);
		return [await operation.execute(this)];
	}
}
