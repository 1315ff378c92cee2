import type { Locator, Page } from 'playwright-core';

import type { Stage } from './stage';
import { buildWorkflow } from './workflows';

export const NODE = 'Kyma Image';

/** Closes n8n's message in the corner, which would cover what a picture shows. */
export async function closeMessage(page: Page): Promise<void> {
	await page
		.locator('.el-notification__closeBtn:visible')
		.first()
		.click({ timeout: 3_000 })
		.catch(() => {});
}

export const byTestId = (scope: Page | Locator, id: string): Locator => scope.locator(`[data-test-id="${id}"]`);
export const parameters = (page: Page): Locator => byTestId(page, 'node-parameters').first();
export const output = (page: Page): Locator => byTestId(page, 'output-panel').first();
export const canvasNode = (page: Page): Locator => page.locator(`[data-test-id=canvas-node][data-node-name="${NODE}"]`);

/** n8n greets with a tip; it would stand in the pictures. */
export async function dismissTip(page: Page): Promise<void> {
	const button = page.getByRole('button', { name: 'Got it' });
	await button.click({ timeout: 3_000 }).catch(() => {});
}

/** Opens a workflow of a trigger and one Kyma node with these parameters. */
export async function openWorkflow({ page, n8n, save }: Stage, name: string, given: Record<string, unknown>): Promise<void> {
	const { id } = await save(buildWorkflow(name, given));
	await page.goto(`${n8n.url}/workflow/${id}`);
	await canvasNode(page).waitFor();
	await dismissTip(page);
}

/** The same, with the node's panel open. */
export async function openNode(stage: Stage, name: string, given: Record<string, unknown>): Promise<void> {
	await openWorkflow(stage, name, given);
	await canvasNode(stage.page).dblclick();
	await parameters(stage.page).waitFor();
	await byTestId(stage.page, 'parameter-input-operation').first().waitFor();
}

/** Names of the fields that can be seen, from top to bottom. */
export async function fieldNames(page: Page): Promise<string[]> {
	const fields = parameters(page).locator('[data-test-id^="parameter-input-"]:visible');
	const ids = await fields.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-test-id') ?? ''));
	const names = ids.map((id) => id.replace('parameter-input-', ''));
	return [...new Set(names.filter((name) => !['field', 'item'].includes(name)))];
}

export async function chooseOperation(page: Page, label: string): Promise<void> {
	await byTestId(page, 'parameter-input-operation').first().click();
	await page.locator('[data-test-id=parameter-input-item]:visible', { hasText: label }).first().click();
	await page.waitForTimeout(500);
}

/** Labels under "Add option", which stays open. */
export async function openOptions(page: Page): Promise<string[]> {
	await byTestId(page, 'collection-parameter-add').first().click();
	const options = page.locator('[data-test-id=collection-parameter-option]:visible');
	await options.first().waitFor();
	return (await options.allInnerTexts()).map((label) => label.trim());
}

export async function addOption(page: Page, label: string): Promise<void> {
	await page.locator('[data-test-id=collection-parameter-option]:visible').getByText(label, { exact: true }).click();
	await page.waitForTimeout(500);
}

/** Opens the model list and returns its lines. */
export async function openModelList(page: Page): Promise<string[]> {
	await byTestId(page, 'rlc-input').first().click();
	await byTestId(page, 'rlc-item').nth(1).waitFor();
	return await modelLines(page);
}

export const modelLines = async (page: Page): Promise<string[]> =>
	(await page.locator('[data-test-id=rlc-item]:visible').allInnerTexts()).map((line) => line.trim());

/** Lines that n8n cuts off with dots. */
export async function cutLines(page: Page): Promise<string[]> {
	return await page
		.locator('[data-test-id=rlc-item]:visible')
		.evaluateAll((items) =>
			items
				.filter((item) =>
					[item, ...item.querySelectorAll('*')].some(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth),
				)
				.map(({ textContent }) => textContent?.trim() ?? ''),
		);
}

export async function executeStep(page: Page): Promise<void> {
	await byTestId(page, 'node-execute-button').first().click();
}
