import sharp from 'sharp';
import { request as fetchUrl } from 'undici';
import type { JobRecord } from './jobs';
import type { SourceOutcome } from './types';

/** A source image, scaled down to what the simulator draws with. */
export type Source = { png: Buffer; width: number; height: number };

export type SourceFailure = { message: string; code: string };

const UNREACHABLE = { message: 'Could not fetch image_url', code: 'image_fetch_failed' };
const NOT_AN_IMAGE = { message: 'image_url is not an image', code: 'invalid_image' };

const TIMEOUT_MS = 15_000;
const MAX_REDIRECTS = 5;

function readDataUrl(url: string): Buffer {
	const [head = '', data = ''] = url.split(/,(.*)/s, 2);
	return /;base64$/i.test(head) ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data));
}

async function readHttpUrl(url: string, redirectsLeft = MAX_REDIRECTS): Promise<Buffer> {
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	const answer = await fetchUrl(url, { signal });
	const { location } = answer.headers;
	if (answer.statusCode >= 300 && answer.statusCode < 400 && location && redirectsLeft > 0) {
		await answer.body.dump();
		return await readHttpUrl(new URL(String(location), url).href, redirectsLeft - 1);
	}
	const bytes = Buffer.from(await answer.body.arrayBuffer());
	if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`);
	return bytes;
}

async function toSource(bytes: Buffer, longSidePx: number): Promise<Source> {
	const { data, info } = await sharp(bytes)
		.rotate()
		.resize(longSidePx, longSidePx, { fit: 'inside' })
		.toColourspace('srgb')
		.png()
		.toBuffer({ resolveWithObject: true });
	return { png: data, width: info.width, height: info.height };
}

const readUrl = async (url: string): Promise<Buffer> => (/^data:/i.test(url) ? readDataUrl(url) : await readHttpUrl(url));

type Fetched = { source: Source } | { failure: SourceFailure };

async function fetchSource(outcome: SourceOutcome, longSidePx: number): Promise<Fetched> {
	try {
		const bytes = await readUrl(outcome.url);
		outcome.byteLength = bytes.length;
		const source = await toSource(bytes, longSidePx);
		outcome.ok = true;
		return { source };
	} catch (error) {
		outcome.error = String(error);
		return { failure: outcome.byteLength === undefined ? UNREACHABLE : NOT_AN_IMAGE };
	}
}

/** Fetches every source of a job, notes in the ledger what came of it, and names the first failure. */
export async function loadSources(record: JobRecord, longSidePx: number): Promise<SourceFailure | undefined> {
	record.job.sources = record.request.sources.map((url) => ({ url, ok: false }));
	const fetched = await Promise.all(record.job.sources.map(async (outcome) => await fetchSource(outcome, longSidePx)));
	record.sources = fetched.flatMap((each) => ('source' in each ? [each.source] : []));
	return fetched.flatMap((each) => ('failure' in each ? [each.failure] : []))[0];
}
