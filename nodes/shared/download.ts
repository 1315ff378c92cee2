import { deadlineIn } from './clock';
import { KymaError } from './errors';
import type { Facts } from './errors';
import type { Session } from './job';
import type { Slots } from './limiter';
import { openStream, toRetryAfterMs } from './request';
import type { NoReply, StreamReply } from './request';
import { POLICIES, retry, throwIfStopped } from './retry';
import type { Attempt } from './retry';
import type { ImageSource } from './schemas';
import { storeBuffer, storeStream } from './store';
import type { StoredImage, Target } from './store';

export type Downloader = Session & {
	/** Bounds how many images are on their way at once, whatever the number of jobs. */
	downloads: Slots;
	prepareBinaryData: Target['prepareBinaryData'];
};

/** All tries at one image together, from the moment that its turn has come, milliseconds. */
const DOWNLOAD_DEADLINE_MS = 900_000;
/** Bound on the silence of an image host before its first byte. */
const OPEN_TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;

/**
 * Brings one image of a succeeded job into n8n's binary store. Nothing is charged for it, so it is tried repeatedly.
 * @param baseName file name without extension; the extension follows the content
 * @throws KymaError `downloadFailed`, `notAnImage`, `storeFailed`, `canceled`, each with the facts given
 */
export async function downloadImage(run: Downloader, source: ImageSource, baseName: string, facts: Facts): Promise<StoredImage> {
	const target = { prepareBinaryData: run.prepareBinaryData, baseName, facts };
	await run.downloads.acquire();
	try {
		throwIfStopped(run.signal, facts);
		if ('base64' in source) return await storeBuffer(target, Buffer.from(source.base64, 'base64'));
		const bounds = { policy: POLICIES.download, deadline: deadlineIn(DOWNLOAD_DEADLINE_MS), signal: run.signal, facts };
		const stored = await retry(bounds, async (getTimeoutMs) => await tryDownload(run, source.url, target, getTimeoutMs()));
		return { ...stored, url: source.url };
	} finally {
		run.downloads.release();
	}
}

async function tryDownload(run: Downloader, url: string, target: Target, timeoutMs: number): Promise<Attempt<StoredImage>> {
	const signal = AbortSignal.any([run.signal, AbortSignal.timeout(timeoutMs)]);
	const reply = await follow(run, url, target.facts, signal);
	const again = (reason: string) => new KymaError('downloadFailed', { ...target.facts, reason });
	if ('fault' in reply) return { retry: 'fault', error: again(reply.fault) };
	const { statusCode, headers, stream } = reply;
	if (statusCode === 200) return await storeStream(target, reply, signal);
	stream.destroy();
	const afterMs = toRetryAfterMs(headers['retry-after']);
	return { retry: 'fault', error: again(`the image host answered HTTP ${statusCode}`), afterMs };
}

/** Opens the address, hop by hop, so that no hop leaves https. The hosts of images never see the API key. */
async function follow(run: Downloader, address: string, facts: Facts, signal: AbortSignal): Promise<StreamReply | NoReply> {
	let url = address;
	for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
		throwIfUnsafe(run, url, facts);
		const reply = await openStream(run.context, url, OPEN_TIMEOUT_MS, signal);
		const location = toLocation(reply);
		if ('fault' in reply || location === undefined) return reply;
		reply.stream.destroy();
		url = URL.canParse(location, url) ? new URL(location, url).href : location;
	}
	return { fault: `the image host redirected more than ${MAX_REDIRECTS} times` };
}

function toLocation(reply: StreamReply | NoReply): string | undefined {
	if ('fault' in reply || reply.statusCode < 300 || reply.statusCode >= 400) return undefined;
	return reply.headers.location;
}

/** Images come over https; plain http is for an API that is itself on this machine. */
function throwIfUnsafe({ account }: Downloader, url: string, facts: Facts): void {
	const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
	if (protocol === 'https:' || (protocol === 'http:' && account.allowsHttp)) return;
	throw new KymaError('downloadFailed', { ...facts, reason: 'its address is not an https address' });
}
