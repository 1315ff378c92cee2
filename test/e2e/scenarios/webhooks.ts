/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';
import sharp from 'sharp';

import { byId, chain, kymaImage, node, respondBinary, respondItems, webhook, withErrorBranch } from '../workflows';
import { isNewest, publish } from '../world';
import type { Scenario, World } from '../world';

const photo = async () =>
	await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c02040' } })
		.png()
		.toBuffer();

async function generateOverWebhook(world: World): Promise<void> {
	await publish(world, chain('E2E image', webhook('e2e-image'), kymaImage(), respondBinary));
	const answer = await world.client.callWebhook('e2e-image', { json: { prompt: 'A red fox' } });
	assert.equal(answer.statusCode, 200, answer.text().slice(0, 300));
	assert.equal(answer.headers['content-type'], 'image/png');
	assert.ok(answer.bytes.equals(await world.kyma.imageFor(world.kyma.jobs.at(-1)?.id ?? '')), 'other bytes than the image host delivers');
}

const editNode = kymaImage({ operation: 'edit', prompt: 'Make it blue', inputType: 'binary', binaryPropertyName: 'data' });

async function editUploadedPhoto(world: World): Promise<void> {
	await publish(world, chain('E2E edit', webhook('e2e-edit'), editNode, respondBinary));
	const answer = await world.client.callWebhook('e2e-edit', { body: await photo(), headers: { 'content-type': 'image/png' } });
	assert.equal(answer.statusCode, 200, answer.text().slice(0, 300));
	const job = world.kyma.jobs.at(-1);
	assert.equal(job?.sources[0]?.ok, true);
	assert.equal(job?.sources[0]?.byteLength, (await photo()).length);
	assert.ok(answer.bytes.equals(await world.kyma.imageFor(job?.id ?? '')));
}

async function editThroughSignedUrl(world: World): Promise<void> {
	const signed = { ...editNode, parameters: { ...editNode.parameters, options: { sendBinaryAs: 'signedUrl' } } };
	await publish(world, chain('E2E signed', webhook('e2e-signed'), signed, respondBinary));
	const answer = await world.client.callWebhook('e2e-signed', { body: await photo(), headers: { 'content-type': 'image/png' } });
	if (world.version.startsWith('1.')) return assert.equal(world.kyma.jobs.length, 0, 'a file in memory cannot have an address');
	assert.equal(answer.statusCode, 200, answer.text().slice(0, 300));
	const [source] = world.kyma.jobs.at(-1)?.sources ?? [];
	assert.match(source?.url ?? '', new RegExp(`^${world.client.url}/rest/binary-data/signed\\?token=`));
	assert.equal(source?.byteLength, (await photo()).length, 'Kyma did not get the very file');
}

async function fourImagesMerged(world: World): Promise<void> {
	const merge = node('Merge', 'n8n-nodes-base.aggregate', 1, {
		aggregate: 'aggregateAllItemData',
		options: { includeBinaries: true, keepOnlyUnique: false },
	});
	const four = kymaImage({ options: { numberOfImages: 4 } });
	const list = node('List', 'n8n-nodes-base.code', 2, {
		jsCode:
			'return [{ json: { images: $json.data.map((item) => item.imageIndex), files: Object.values($binary).map((file) => file.fileName) } }];',
	});
	await publish(world, chain('E2E four', webhook('e2e-four'), four, merge, list, respondItems));
	const [merged] = (await world.client.callWebhook('e2e-four', { json: { prompt: 'Four' } })).json<
		Array<{ images: number[]; files: string[] }>
	>();
	assert.deepEqual(merged?.images, [0, 1, 2, 3]);
	assert.equal(new Set(merged?.files).size, 4);
}

async function svgOverWebhook(world: World): Promise<void> {
	await publish(world, chain('E2E svg', webhook('e2e-svg'), kymaImage({ model: byId('recraft-v4-vector') }), respondBinary));
	const answer = await world.client.callWebhook('e2e-svg', { json: { prompt: 'A logo' } });
	assert.match(String(answer.headers['content-type']), /^image\/svg\+xml/);
	assert.match(answer.text(), /<svg/);
}

async function errorBranch(world: World): Promise<void> {
	world.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: { message: 'Content policy' } } });
	const failing = kymaImage({}, { onError: 'continueErrorOutput' });
	const failed = { ...respondItems, name: 'Failed' };
	await publish(world, withErrorBranch(chain('E2E error', webhook('e2e-error'), failing, respondBinary), failed));
	const [item] = (await world.client.callWebhook('e2e-error', { json: { prompt: 'x' } })).json<Array<Record<string, unknown>>>();
	const job = world.kyma.jobs.at(-1);
	assert.match(String(item?.error), /Content policy/);
	assert.match(String(item?.error), new RegExp(job?.id ?? 'no job'));
	if (isNewest(world)) assert.deepEqual(item?.details, { jobId: job?.id, status: 'failed', model: 'nano-banana', charged: false });
}

export const webhookScenarios: Scenario[] = [
	{ name: 'a webhook answers with the very bytes of the image', run: generateOverWebhook },
	{ name: 'a photo uploaded to a webhook is edited and answered', run: editUploadedPhoto },
	{ name: 'Kyma fetches the source from this n8n by a signed address', run: editThroughSignedUrl },
	{ name: 'four images of one job are merged into one item', run: fourImagesMerged },
	{ name: 'a webhook answers with an SVG that is called one', run: svgOverWebhook },
	{ name: 'the error branch receives the failed item with its job id', run: errorBranch },
];
