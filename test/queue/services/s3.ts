/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import path from 'node:path';

import { cacheRoot, ensureInstalled } from '../../e2e/host/cache';
import { LOOPBACK, type Env } from '../../e2e/host/env';
import { npm, writePackageJson } from '../../e2e/host/npm';
import { freePort } from '../../e2e/host/ports';
import { spawnGroup } from '../../e2e/host/processes';
import type { Progress } from '../../e2e/host/progress';
import { makeTempFolder } from '../../e2e/host/temp';
import type { Service } from './service';
import { supervise } from './supervise';

/** A server of the S3 protocol from the npm registry, kept in the cache beside the n8n servers. */
const VERSION = '3.7.1';
const BUCKET = 'kyma-images';
/** What s3rver lets in; it protects nothing. */
const ACCESS = 'S3RVER';

async function ensureS3rver({ step }: Progress): Promise<string> {
	const dir = path.join(cacheRoot(), `s3rver-${VERSION}`);
	const manifest = { private: true, dependencies: { s3rver: VERSION } };
	await ensureInstalled(dir, manifest, async () => {
		await writePackageJson(dir, manifest);
		const install = async () => await npm(['install', '--ignore-scripts', '--no-package-lock', '--prefer-offline'], { cwd: dir });
		await step('Installing an S3 server', install, { typicalMs: 10_000 });
	});
	return path.join(dir, 'node_modules', 's3rver', 'bin', 's3rver.js');
}

/** An S3-compatible server with one empty bucket, and how n8n is told of it. */
export async function startS3(progress: Progress): Promise<{ server: Service; env: Env }> {
	const entry = await ensureS3rver(progress);
	const folder = await makeTempFolder('kyma-s3-');
	const port = await freePort();
	const args = [entry, '-d', folder.path, '-a', LOOPBACK, '-p', `${port}`, '--no-vhost-buckets', '--configure-bucket', BUCKET, '--silent'];
	const spawn = () => spawnGroup(process.execPath, args, { cwd: folder.path });
	const server = await supervise({ name: 'The S3 server', port, folder, signal: 'SIGTERM', spawn });
	const env = {
		N8N_DEFAULT_BINARY_DATA_MODE: 's3',
		N8N_EXTERNAL_STORAGE_S3_HOST: `${LOOPBACK}:${port}`,
		N8N_EXTERNAL_STORAGE_S3_PROTOCOL: 'http',
		N8N_EXTERNAL_STORAGE_S3_BUCKET_NAME: BUCKET,
		N8N_EXTERNAL_STORAGE_S3_BUCKET_REGION: 'us-east-1',
		N8N_EXTERNAL_STORAGE_S3_ACCESS_KEY: ACCESS,
		N8N_EXTERNAL_STORAGE_S3_ACCESS_SECRET: ACCESS,
	};
	return { server, env };
}
