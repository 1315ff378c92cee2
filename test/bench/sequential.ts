import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes, sleep } from 'n8n-workflow';

type Job = { id: string; status: string; output: { url: string } | null };

/**
 * Does what community nodes for such APIs do: one item after another, a fixed interval between polls, and the whole
 * image in memory before it is stored.
 */
export class Sequential implements INodeType {
	description = {
		displayName: 'Sequential',
		name: 'sequential',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Sequential' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'kymaApi', required: true }],
		properties: [
			{ displayName: 'Interval', name: 'intervalMs', type: 'number', default: 2000 },
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		],
	} as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items: INodeExecutionData[] = [];
		for (const [index, { json }] of this.getInputData().entries()) items.push(await makeImage(this, json, index));
		return [items];
	}
}

async function makeImage(context: IExecuteFunctions, { prompt }: IDataObject, index: number): Promise<INodeExecutionData> {
	const intervalMs = context.getNodeParameter('intervalMs', index) as number;
	const body = { model: 'nano-banana', prompt };
	let job = await callApi(context, { method: 'POST', url: '/images/generations', body });
	while (job.status === 'pending' || job.status === 'processing') {
		await sleep(intervalMs);
		job = await callApi(context, { method: 'GET', url: `/jobs/${job.id}` });
	}
	const url = job.output?.url ?? '';
	const image = (await context.helpers.httpRequest({ url, encoding: 'arraybuffer' })) as Buffer;
	const binary = { data: await context.helpers.prepareBinaryData(Buffer.from(image), `${job.id}.png`, 'image/png') };
	return { json: { id: job.id, url }, binary, pairedItem: { item: index } };
}

async function callApi(context: IExecuteFunctions, options: IHttpRequestOptions): Promise<Job> {
	const baseURL = context.getNodeParameter('baseUrl', 0) as string;
	const request = { ...options, baseURL, json: true };
	return (await context.helpers.httpRequestWithAuthentication.call(context, 'kymaApi', request)) as Job;
}
