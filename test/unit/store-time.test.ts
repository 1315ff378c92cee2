/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Readable } from 'node:stream';
import sharp from 'sharp';

import { storeStream } from '../../nodes/shared/store';

/** A store that gives up with these words, after `before` has happened. */
const toTarget = (words: string, before: () => void) => ({
	baseName: 'image',
	facts: { jobId: 'abc' },
	prepareBinaryData: async () => {
		before();
		return await Promise.reject(new Error(words));
	},
});

const openPng = async () => {
	const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
		.png()
		.toBuffer();
	return { statusCode: 200, headers: {}, stream: Readable.from([bytes]) as never };
};

test.each(['Premature close', 'canceled'])('a download whose time ends while it is stored ("%s") is tried again', async (words) => {
	const time = new AbortController();
	const attempt = await storeStream(
		toTarget(words, () => time.abort()),
		await openPng(),
		time.signal,
	);
	expect(attempt).toMatchObject({ retry: 'fault', error: { kind: 'downloadFailed', facts: { jobId: 'abc' } } });
});

test('a store that fails by itself is named as the cause', async () => {
	const target = toTarget('ENOSPC: no space left on device', () => {});
	const storing = storeStream(target, await openPng(), new AbortController().signal);
	await expect(storing).rejects.toMatchObject({ kind: 'storeFailed' });
});
