/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';
import { readBinary, runWorkflow } from './engine';

let kyma: Simulator;
beforeAll(async () => { kyma = await startSimulator(); });
afterAll(async () => { await kyma.close(); });

test('generates an image', async () => {
	const { items, run, error, hints } = await runWorkflow({ baseUrl: kyma.url, apiKey: kyma.apiKey, parameters: { operation: 'generate', prompt: 'A red bicycle', model: { __rl: true, mode: 'id', value: 'nano-banana' } } });
	console.log(JSON.stringify({ items, error, hints, status: run.status }, null, 1));
	console.log(kyma.requests.map((r) => `${r.method} ${r.path} ${r.status}`).join('\n'));
	const bytes = await readBinary(items[0]?.binary?.data);
	expect(bytes.equals(await kyma.imageFor(items[0]?.json.jobId as string))).toBe(true);
});
