/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { SCREEN, WIDE_SCREEN } from '../browser';
import { closeMessage, byTestId, executeStep, openNode, output } from '../editor';
import type { Stage } from '../stage';
import { generateWith } from '../workflows';

/** Runs the workflow, and looks at the picture in the output panel. */
export async function showOutput(stage: Stage): Promise<void> {
	const { page, report, takePicture } = stage;
	await page.setViewportSize(WIDE_SCREEN);
	await openNode(stage, 'Output', generateWith());
	await report.check('Execute step puts an image file into the output panel', async () => {
		await executeStep(page);
		await byTestId(page, 'ndv-view-binary-data').first().waitFor();
		const text = await output(page).innerText();
		assert.match(text, /nano-banana-\w+\.png[\s\S]*image\/png/);
		assert.match(text, /1 job, charged \$0\.046 in total/);
	});
	await closeMessage(page);
	await takePicture('output-file');
	await report.check('View shows the picture', async () => {
		await byTestId(page, 'ndv-view-binary-data').first().click();
		const picture = output(page).locator('img[src*="binary-data"]').first();
		await picture.waitFor();
		const size = await picture.evaluate(async (element) => {
			const image = element as unknown as { decode: () => Promise<void>; naturalWidth: number; naturalHeight: number };
			await image.decode();
			return [image.naturalWidth, image.naturalHeight];
		});
		assert.deepEqual(size, [1024, 1024]);
	});
	await takePicture('output-binary');
	await page.setViewportSize(SCREEN);
}
