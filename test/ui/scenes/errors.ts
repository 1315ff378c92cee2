/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';

import { closeMessage, executeStep, openNode, output } from '../editor';
import type { Stage } from '../stage';
import { generateWith } from '../workflows';

const REASON = 'The prompt was refused by the content policy';

async function readError({ page }: Stage, start: string): Promise<string> {
	await executeStep(page);
	await output(page).getByText(start).first().waitFor();
	await closeMessage(page);
	return await output(page).innerText();
}

const commas = { operation: 'edit', inputType: 'url', imageUrls: ' , ,  ' };

/** What people enter by mistake, and the words that tell them which field to mend. */
const NONSENSE: Array<[what: string, given: Record<string, unknown>, words: string]> = [
	['a prompt of 4001 characters', { prompt: '={{ "x".repeat(4001) }}' }, 'Prompt: it has 4001 characters, Kyma takes 4000'],
	['a list for a prompt', { prompt: '={{ ["a fox", "a bear"] }}' }, 'Prompt: it is a list'],
	['letters for a number', { options: { numberOfImages: '={{ "many" }}' } }, 'Number of Images: "many" is not a whole number from 1 to 4'],
	['blanks and commas for addresses', commas, 'URL(s): it is empty'],
];

async function showNonsense(stage: Stage): Promise<void> {
	for (const [what, given, words] of NONSENSE) {
		await stage.report.check(`${what} is an error that names the field, and costs nothing`, async () => {
			await openNode(stage, 'Nonsense', generateWith(given));
			assert.match(await readError(stage, words), /Nothing was sent to Kyma\. You were not charged/);
		});
	}
}

/** Errors as a user meets them: what happened, what to change, which job, and what it cost. */
export async function showErrors(stage: Stage): Promise<void> {
	const { page, report, takePicture, addFault } = stage;
	await report.check('an empty prompt is found before anything runs', async () => {
		await openNode(stage, 'Empty', generateWith({ prompt: '' }));
		await executeStep(page);
		await page.getByText('Parameter "Prompt" is required').first().waitFor();
	});
	await report.check('a prompt whose expression gives nothing is an error that names the field', async () => {
		await openNode(stage, 'Nothing', generateWith({ prompt: '={{ $json.caption }}' }));
		const text = await readError(stage, 'Prompt: it is empty');
		assert.match(text, /Nothing was sent to Kyma/);
	});
	await showNonsense(stage);
	await report.check('a failed job is an error with its reason, its ID and what it cost', async () => {
		await addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: { message: REASON } } });
		await openNode(stage, 'Failed', generateWith());
		const text = await readError(stage, 'Kyma could not make the image');
		assert.match(text, new RegExp(`job [0-9a-f]{24} ended as "failed": ${REASON}`));
		assert.match(text, /Change what the reason is about \(Prompt, Model or source image\) and run again[\s\S]*You were not charged/);
	});
	await takePicture('error');
}
