/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

import { closeMessage, byTestId } from '../editor';
import type { Stage } from '../stage';

const DIALOG = '[data-test-id=editCredential-modal]';
const REAL_URL = 'https://kymaapi.com/v1';

const field = (page: Page, name: string) => byTestId(page, `parameter-input-${name}`).locator('input').first();

async function openDialog({ page, n8n }: Stage): Promise<void> {
	await page.goto(`${n8n.url}/home/credentials/create`);
	await byTestId(page, 'new-credential-type-select').locator('input').fill('kyma');
	await page.locator('[data-test-id=new-credential-type-select-option]:visible', { hasText: 'Kyma API' }).first().click();
	await byTestId(page, 'new-credential-type-button').click();
	await field(page, 'apiKey').waitFor();
}

/** Saving tests the credential, as the Test button (then called Retry) does. */
async function saveKey(page: Page, apiKey: string): Promise<void> {
	await field(page, 'apiKey').fill(apiKey);
	const tested = page.waitForResponse((response) => response.url().endsWith('/credentials/test'));
	await byTestId(page, 'credential-save-button').click();
	await tested;
}

async function readRefusal(page: Page): Promise<string> {
	await page.getByText('Couldn’t connect with these settings').waitFor();
	const more = page.getByText('More details');
	await more.click({ timeout: 5_000 }).catch(() => {});
	return await page.locator(DIALOG).first().innerText();
}

/** The picture shows the address that users have instead of the simulator's. */
async function takeDialogPicture({ page, takePicture }: Stage, name: string): Promise<void> {
	const input = field(page, 'baseUrl');
	const real = await input.inputValue();
	const show = async (value: string) =>
		await input.evaluate((element, text) => ((element as unknown as { value: string }).value = text), value);
	await show(REAL_URL);
	await closeMessage(page);
	await takePicture(name);
	await show(real);
}

/** Keys that do not work are refused with a sentence that says where to get one that does. */
export async function showCredential(stage: Stage): Promise<void> {
	const { page, report, simulator } = stage;
	await openDialog(stage);
	await report.check('the credential starts with the address of Kyma', async () => {
		assert.equal(await field(page, 'baseUrl').inputValue(), REAL_URL);
	});
	await field(page, 'baseUrl').fill(simulator.url);
	await report.check('a wrong key is refused with the place where to get a good one', async () => {
		await saveKey(page, 'ky-not-a-key-of-yours');
		const text = await readRefusal(page);
		assert.match(text, /Kyma refused this API key\. Create a REST API key .* at https:\/\/kymaapi\.com/);
	});
	await takeDialogPicture(stage, 'credential-wrong-key');
	await report.check('a key of an MCP client is refused with what is wrong about it', async () => {
		await saveKey(page, 'km-a-key-of-an-mcp-client');
		assert.match(await readRefusal(page), /starts with km-, so it belongs to Kyma's MCP server .* at https:\/\/kymaapi\.com/);
	});
	await report.check('a good key passes the test', async () => {
		await saveKey(page, simulator.apiKey);
		await page.getByText('Connection tested successfully').waitFor();
	});
	await takeDialogPicture(stage, 'credential-ok');
}
