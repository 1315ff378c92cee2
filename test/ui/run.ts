/* eslint-disable @n8n/community-nodes/no-restricted-globals */
/**
 * Drives the editor of a real n8n in a real browser: `npm run test:ui`. With `--screenshots` it also takes the
 * pictures of docs/images anew.
 */
import { requireChromium } from './browser';
import { showCredential } from './scenes/credential';
import { showDark } from './scenes/dark';
import { showErrors } from './scenes/errors';
import { showExamples } from './scenes/examples';
import { showFields } from './scenes/fields';
import { showModels } from './scenes/models';
import { showOutput } from './scenes/output';
import { showPanel } from './scenes/panel';
import { openStage } from './stage';

const SCENES = [showPanel, showCredential, showModels, showFields, showOutput, showErrors, showExamples, showDark];

async function main(): Promise<boolean> {
	await requireChromium();
	const stage = await openStage({ withPictures: process.argv.includes('--screenshots') });
	for (const show of SCENES) {
		await show(stage).catch(
			async (error: Error) => await stage.report.check(`${show.name} comes to its end`, async () => await Promise.reject(error)),
		);
	}
	await stage.close();
	return stage.report.close();
}

main().then(
	(hasPassed) => process.exit(hasPassed ? 0 : 1),
	({ message }: Error) => {
		process.stderr.write(`${message}\n`);
		process.exit(1);
	},
);
