/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { MODELS } from '../../../nodes/KymaImage/models';
import { byTestId, chooseOperation, cutLines, modelLines, openModelList, parameters, openNode, openWorkflow, canvasNode } from '../editor';
import type { Stage } from '../stage';
import { generateWith } from '../workflows';

async function showList({ page, report, takePicture }: Stage): Promise<void> {
	await report.check('the model list shows the models of Generate Image with their prices', async () => {
		const lines = await openModelList(page);
		assert.equal(lines.length, MODELS.filter(({ minSources }) => minSources === 0).length, lines.join('\n'));
		assert.ok(lines.includes('Nano Banana · $0.046 · edits'), lines.join('\n'));
		assert.ok(lines.every((line) => /\$\d/.test(line)));
	});
	await report.check('no line of the model list is cut off', async () => assert.deepEqual(await cutLines(page), []));
	await takePicture('model-list');
	await report.check('the model list is searched, and says SVG and legacy', async () => {
		await byTestId(page, 'rlc-search').first().fill('recraft');
		await page.locator('[data-test-id=rlc-item]:visible', { hasText: 'GPT Image 2' }).waitFor({ state: 'detached' });
		await page.locator('[data-test-id=rlc-item]:visible', { hasText: 'Recraft V3' }).waitFor();
		const lines = await modelLines(page);
		assert.ok(lines.includes('Recraft V4 Vector · $0.108 · SVG'), lines.join('\n'));
		assert.ok(lines.includes('Recraft V3 · $0.054 · legacy'), lines.join('\n'));
		assert.deepEqual(await cutLines(page), []);
	});
	await takePicture('model-search');
	await page.keyboard.press('Escape');
}

async function showLivePrice({ page, report, addFault }: Stage, reopen: () => Promise<void>): Promise<void> {
	const media = [{ id: 'nano-banana', name: 'Nano Banana', modality: 'image', pricing_mode: 'per-image', usd_per_call: 0.05 }];
	await addFault({ on: 'pricing', kind: { type: 'body', body: { object: 'pricing.catalog', media } } });
	await report.check('the prices are those of today', async () => {
		await reopen();
		assert.ok((await openModelList(page)).includes('Nano Banana · $0.05 · edits'));
	});
}

/** The list of models: prices, search, and another one for another operation. */
export async function showModels(stage: Stage): Promise<void> {
	const { page, report, takePicture } = stage;
	const reopen = async () => await openNode(stage, 'Models', generateWith());
	await reopen();
	await showList(stage);
	await showLivePrice(stage, reopen);
	await reopen();
	await report.check('with Edit Image the list has only models that edit', async () => {
		await chooseOperation(page, 'Edit Image');
		const lines = await openModelList(page);
		assert.equal(lines.length, MODELS.filter(({ maxSources }) => maxSources > 0).length, lines.join('\n'));
		assert.ok(lines.includes('FLUX.2 Pro · $0.041–0.101 · 10 sources'), lines.join('\n'));
		assert.deepEqual(await cutLines(page), []);
	});
	await takePicture('model-list-edit');
	await report.check('a model that is chosen from the list stands in the field', async () => {
		await page.locator('[data-test-id=rlc-item]:visible', { hasText: 'FLUX.2 Pro' }).click();
		assert.match(await byTestId(page, 'rlc-input').first().inputValue(), /^FLUX\.2 Pro · /);
		await parameters(page).getByText('FLUX.2 Pro takes up to 10 source images').waitFor();
	});
	await report.check('the canvas shows operation and model below the node', async () => {
		await openWorkflow(stage, 'Canvas', generateWith());
		await canvasNode(page).getByText('Generate: nano-banana').waitFor();
	});
	await takePicture('canvas');
}
