/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Readable } from 'node:stream';

import { toAccount } from '../../nodes/shared/account';
import { downloadImage } from '../../nodes/shared/download';
import type { Downloader } from '../../nodes/shared/download';
import { createSlots } from '../../nodes/shared/limiter';
import { POLICIES } from '../../nodes/shared/retry';
import { drawAll } from './pictures';

const policy = { ...POLICIES.download };
beforeEach(() => Object.assign(POLICIES.download, { initialBackoffMs: 1, maxBackoffMs: 1 }));
afterEach(() => {
	Object.assign(POLICIES.download, policy);
	jest.restoreAllMocks();
});

test('an image whose turn comes late is tried as often as any other', async () => {
	const { png } = await drawAll(16);
	let asked = 0;
	const httpRequest = async () => {
		asked += 1;
		return await Promise.resolve({ statusCode: asked < 4 ? 503 : 200, headers: {}, body: Readable.from([png]) });
	};
	const downloads = createSlots(1);
	const { signal } = new AbortController();
	const prepareBinaryData = async () => await Promise.resolve({ data: '', mimeType: 'image/png' });
	const run = { context: { helpers: { httpRequest } }, account: toAccount('https://kymaapi.com'), signal, downloads, prepareBinaryData };
	await downloads.acquire();
	const download = downloadImage(run as unknown as Downloader, { url: 'https://cdn.example/a.png' }, 'a', { jobId: 'f3a9' });
	const later = Date.now() + 3_600_000;
	jest.spyOn(Date, 'now').mockImplementation(() => later + performance.now());
	downloads.release();
	await expect(download).resolves.toMatchObject({ mimeType: 'image/png' });
	expect(asked).toBe(4);
});
