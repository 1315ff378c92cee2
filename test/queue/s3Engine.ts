/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
// A process of its own: runs Kyma Image in n8n's engine with n8n's S3 store, and writes the digest of what comes back from it.
import '../engine/setup';
import { createHash } from 'node:crypto';
import { S3ByteStore } from '@n8n/blob-storage';
import type { ObjectStoreService } from '@n8n/blob-storage';
import { Container } from '@n8n/di';
import type { Constructable } from '@n8n/di';
import { BinaryDataBlobManager, BinaryDataService, ErrorReporter } from 'n8n-core';

import { readBinary, runWorkflow } from '../engine/engine';

/** A path of the package that this module resolution has no types for. */
const STORE_MODULE: string = '@n8n/blob-storage/object-store';
type StoreModule = { ObjectStoreService: Constructable<ObjectStoreService> };

/** Does what n8n does at its start, when its licence allows S3. */
async function useS3(): Promise<void> {
	const store = (await import(STORE_MODULE)) as StoreModule;
	const objectStore = Container.get(store.ObjectStoreService);
	await objectStore.init();
	const manager = new BinaryDataBlobManager(new S3ByteStore(objectStore), Container.get(ErrorReporter));
	Container.get(BinaryDataService).setManager('s3', manager);
}

async function main(): Promise<void> {
	const { KYMA_URL: baseUrl = '', KYMA_KEY: apiKey = '', KYMA_PROMPT: prompt = '' } = process.env;
	await useS3();
	const model = { __rl: true, mode: 'id', value: 'nano-banana' };
	const { items, error } = await runWorkflow({ baseUrl, apiKey, parameters: { operation: 'generate', model, prompt, options: {} } });
	if (error) throw new Error(error.message);
	const binary = items[0]?.binary?.data;
	const bytes = await readBinary(binary);
	const digest = createHash('sha256').update(bytes).digest('hex');
	process.stdout.write(JSON.stringify({ store: binary?.id?.split(':')[0], digest, jobId: items[0]?.json.jobId }));
}

main().then(
	() => process.exit(0),
	(error: Error) => {
		process.stderr.write(`${error.stack ?? error.message}\n`);
		process.exit(1);
	},
);
