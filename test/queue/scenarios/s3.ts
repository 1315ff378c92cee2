/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import path from 'node:path';

import { startN8n } from '../../e2e/host/boot';
import type { Env } from '../../e2e/host/env';
import { CHECKOUT } from '../../e2e/host/pack';
import { run } from '../../e2e/host/run';
import { startS3 } from '../services/s3';
import { resetKyma } from '../world';
import type { Figures, Scenario, World } from '../world';

const toDigest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** n8n's own words when it starts with S3 and has no licence for it. */
async function readRefusal({ cluster }: World, env: Env): Promise<string> {
	const started = await startN8n({ command: 'worker', env: { ...cluster.env, ...env }, bootTimeoutMs: 60_000 }).then(
		async (n8n) => {
			await n8n.stop();
			return 'started';
		},
		(error: Error) => error.message,
	);
	return /S3 binary data storage requires a valid license[^\n]*/.exec(started)?.[0] ?? started.slice(-500);
}

type Stored = { store: string; digest: string; jobId: string };

/** n8n's engine and n8n's S3 store, with our node between them; without the server around them. */
async function storeOne({ kyma }: World, env: Env, prompt: string): Promise<void> {
	const child = { ...process.env, ...env, KYMA_URL: kyma.url, KYMA_KEY: kyma.apiKey, KYMA_PROMPT: prompt };
	const output = await run(process.execPath, ['--import', 'tsx', path.join('test', 'queue', 's3Engine.ts')], { cwd: CHECKOUT, env: child });
	const { store, digest, jobId } = JSON.parse(output) as Stored;
	assert.equal(store, 's3');
	assert.equal(digest, toDigest(await kyma.imageFor(jobId)));
}

async function runS3(world: World): Promise<Figures> {
	const { server, env } = await startS3(world.progress);
	try {
		for (const imageBytes of world.sizes.imageBytes) {
			resetKyma(world, 100, { imageBytes });
			await storeOne(world, env, `An image of ${imageBytes} bytes in S3`);
		}
		return { engine: { store: 's3', imageBytes: world.sizes.imageBytes, intact: true }, server: await readRefusal(world, env) };
	} finally {
		await server.stop();
	}
}

export const s3: Scenario = {
	key: 's3',
	isQuick: false,
	title: "images survive n8n's S3 store byte for byte (engine only: the whole server asks for a licence)",
	run: runS3,
};
