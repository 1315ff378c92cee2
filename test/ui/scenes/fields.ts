/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { addOption, byTestId, chooseOperation, fieldNames, openNode, openOptions, parameters } from '../editor';
import type { Stage } from '../stage';
import { generateWith, pickModel } from '../workflows';

const FIELDS: Record<string, string[]> = {
	'Generate Image': ['operation', 'model', 'prompt', 'simplify'],
	'Edit Image': ['operation', 'model', 'prompt', 'inputType', 'binaryPropertyName', 'simplify'],
	'Get Image Job': ['operation', 'jobId', 'simplify'],
	'List Image Models': ['operation', 'simplify'],
};

const flux = pickModel('flux-2-pro', 'FLUX.2 Pro · $0.041–0.101 · 10 sources');
const gptImage = pickModel('gpt-image-2', 'GPT Image 2 · $0.014–0.297 · edits');
const legacy = pickModel('recraft-v3', 'Recraft V3 · $0.054 · legacy');

async function showOperations({ page, report }: Stage): Promise<void> {
	for (const [operation, fields] of Object.entries(FIELDS)) {
		await report.check(`${operation} shows its own fields: ${fields.slice(1).join(', ')}`, async () => {
			await chooseOperation(page, operation);
			assert.deepEqual(await fieldNames(page), fields);
		});
	}
}

async function showSources(stage: Stage): Promise<void> {
	const { page, report, takePicture } = stage;
	const edit = { operation: 'edit', inputType: 'url', prompt: 'Put the bicycle on a beach, keep its color' };
	const imageUrls = 'https://example.com/bicycle.jpg, https://example.com/beach.jpg';
	await report.check('Edit Image with addresses shows URL(s), and FLUX.2 Pro says how many it takes', async () => {
		await openNode(stage, 'Edit', { ...edit, model: flux, imageUrls });
		assert.deepEqual(await fieldNames(page), ['operation', 'model', 'prompt', 'inputType', 'imageUrls', 'simplify']);
		await parameters(page).getByText('FLUX.2 Pro takes up to 10 source images').waitFor();
	});
	await takePicture('edit-url');
}

/** Each operation, input type and model has the fields that it needs, and no others. */
export async function showFields(stage: Stage): Promise<void> {
	const { page, report, takePicture } = stage;
	await openNode(stage, 'Fields', generateWith());
	await takePicture('generate');
	await showOperations(stage);
	await showSources(stage);
	await report.check('Nano Banana has no Quality among its options', async () => {
		await openNode(stage, 'Options', generateWith());
		const labels = await openOptions(page);
		assert.ok(labels.includes('Aspect Ratio') && !labels.includes('Quality'), labels.join(', '));
	});
	await report.check('GPT Image 2 has Quality among its options, Medium unless chosen', async () => {
		await openNode(stage, 'Options', generateWith({ model: gptImage }));
		assert.ok((await openOptions(page)).includes('Quality'));
		await addOption(page, 'Quality');
		assert.equal(await byTestId(page, 'parameter-input-quality').locator('input').first().inputValue(), 'Medium');
	});
	await takePicture('options');
	await report.check('Max Spend and Timeout say their units below the field', async () => {
		await openOptions(page);
		await addOption(page, 'Max Spend');
		await parameters(page).getByText('In USD, for all items of one run').waitFor();
		assert.equal(await byTestId(page, 'parameter-input-maxSpend').locator('input').first().inputValue(), '1');
		await openOptions(page);
		await addOption(page, 'Timeout');
		await parameters(page).getByText('In seconds').waitFor();
	});
	await report.check('a legacy model names what replaces it', async () => {
		await openNode(stage, 'Legacy', generateWith({ model: legacy }));
		await parameters(page).getByText('Recraft V3 is a legacy model, Recraft V4 replaces it').waitFor();
	});
	await takePicture('legacy');
}
