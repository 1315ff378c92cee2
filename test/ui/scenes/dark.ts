/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { byTestId, canvasNode, openNode, openWorkflow } from '../editor';
import type { Stage } from '../stage';
import { generateWith } from '../workflows';

/** The dark theme has an icon of its own, and it is a drawing: sharp at any size. */
export async function showDark(stage: Stage): Promise<void> {
	const { page, report, takePicture } = stage;
	const readIcon = async () => await canvasNode(page).locator('img').first().getAttribute('src');
	await report.check('the light theme shows the light icon', async () => {
		await openWorkflow(stage, 'Themes', generateWith());
		assert.match((await readIcon()) ?? '', /kyma\.svg$/);
	});
	await page.evaluate("localStorage.setItem('N8N_THEME', 'dark')");
	await report.check('the dark theme shows the dark icon', async () => {
		await openWorkflow(stage, 'Themes', generateWith());
		assert.match((await readIcon()) ?? '', /kyma\.dark\.svg$/);
	});
	await takePicture('dark-canvas');
	await openNode(stage, 'Themes', generateWith());
	await byTestId(page, 'rlc-input').first().waitFor();
	await takePicture('dark');
}
