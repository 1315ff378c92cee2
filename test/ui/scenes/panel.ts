/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

import { NODE, byTestId, canvasNode, dismissTip } from '../editor';
import type { Stage } from '../stage';

const SEARCHES = ['kyma', 'image', 'nano banana'];
const ACTIONS = ['Generate an image', 'Edit an image', 'Get an image job', 'List image models'];

const searchBar = (page: Page) => byTestId(page, 'node-creator').locator('input').first();
const found = (page: Page) => page.locator('[data-test-id=node-creator-item-name]:visible');
const foundNode = (page: Page) => found(page).getByText(NODE, { exact: true });

/** An empty canvas offers triggers only, so a trigger comes first. */
async function addTrigger({ page, n8n }: Stage): Promise<void> {
	await page.goto(`${n8n.url}/workflow/new`);
	await byTestId(page, 'canvas-plus-button').first().click();
	await searchBar(page).fill('manual');
	await found(page).getByText('Trigger manually').first().click();
	await page.locator('[data-test-id=canvas-trigger-node]').waitFor();
	await dismissTip(page);
}

async function search(page: Page, words: string): Promise<void> {
	if (!(await byTestId(page, 'node-creator').first().isVisible())) await byTestId(page, 'node-creator-plus-button').first().click();
	await searchBar(page).fill('nothing is called so');
	await byTestId(page, 'node-creator-no-results').waitFor();
	await searchBar(page).fill(words);
	await foundNode(page).first().waitFor({ timeout: 20_000 });
}

/** The node is found in the panel by what people type, and gets onto the canvas by its actions. */
export async function showPanel(stage: Stage): Promise<void> {
	const { page, report, takePicture } = stage;
	await addTrigger(stage);
	for (const words of SEARCHES) {
		await report.check(`the node panel finds the node by "${words}"`, async () => await search(page, words));
	}
	await search(page, 'nano banana');
	await takePicture('panel-search');
	await report.check('the panel lists one action per operation', async () => {
		await foundNode(page).first().click();
		await found(page)
			.getByText(ACTIONS[0] ?? '')
			.waitFor();
		assert.deepEqual(
			(await found(page).allInnerTexts()).filter((name) => ACTIONS.includes(name)),
			ACTIONS,
		);
	});
	await takePicture('panel-actions');
	await report.check('an action puts the node on the canvas, and its panel opens', async () => {
		await found(page)
			.getByText(ACTIONS[0] ?? '')
			.click();
		await byTestId(page, 'ndv').first().waitFor();
	});
	await byTestId(page, 'ndv-close-button').first().click();
	await canvasNode(page)
		.or(page.locator('[data-test-id=canvas-node]', { hasText: 'Generate' }))
		.first()
		.waitFor();
}
