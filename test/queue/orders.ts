import { callWebhook } from '../e2e/host/webhook';
import { sleep } from './parallel';

/** One call of a webhook, as its caller saw it. */
export type Try = {
	/** Absent when no answer came: the connection broke, or the caller gave up. */
	statusCode?: number;
	/** The first words of an answer that is no image, or of the error. */
	text?: string;
	startedAtMs: number;
	ms: number;
};

/** What a caller wanted, tried and got. */
export type Delivery = { prompt: string; tries: Try[]; bytes?: Buffer };

export type Caller = {
	/** Address of the n8n main process. */
	url: string;
	/** Of the workflow's webhook. */
	path: string;
	/** After so long the caller hangs up. */
	timeoutMs?: number;
	maxTries?: number;
	pauseMs?: number;
};

/** n8n's message where there is one: the rest is a stack trace. */
const toText = (body: string): string => (/"message":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? body).slice(0, 200);

const isImage = (type: unknown) => /^image\//.test(String(type));

async function callOnce({ url, path, timeoutMs = 120_000 }: Caller, json: object): Promise<{ attempt: Try; bytes?: Buffer }> {
	const startedAtMs = Date.now();
	const at = () => ({ startedAtMs, ms: Date.now() - startedAtMs });
	try {
		const { statusCode, headers, bytes, text } = await callWebhook(url, path, { json, timeoutMs, registeredWithinMs: 5_000 });
		if (statusCode === 200 && isImage(headers['content-type'])) return { attempt: { statusCode, ...at() }, bytes };
		return { attempt: { statusCode, text: toText(text()), ...at() } };
	} catch (caught) {
		return { attempt: { text: String((caught as Error).message).slice(0, 300), ...at() } };
	}
}

/** Asks for one image, and again with the same order number until it comes or `maxTries` are used up; `more` goes into the body. */
export async function placeOrder(caller: Caller, order: string, more: object = {}): Promise<Delivery> {
	const { maxTries = 1, pauseMs = 1_000 } = caller;
	const delivery: Delivery = { prompt: `Poster for order ${order}`, tries: [] };
	for (let left = maxTries; left > 0 && !delivery.bytes; left -= 1) {
		if (delivery.tries.length > 0) await sleep(pauseMs);
		const { attempt, bytes } = await callOnce(caller, { order, prompt: delivery.prompt, ...more });
		delivery.tries.push(attempt);
		delivery.bytes = bytes;
	}
	return delivery;
}

/** How often the first call of an order was answered with its image. */
export const countAtFirst = (deliveries: readonly Delivery[]): number =>
	deliveries.filter(({ tries, bytes }) => tries.length === 1 && bytes).length;

/** What failed calls were answered with, counted. */
export function tallyFailures(deliveries: readonly Delivery[]): Record<string, number> {
	const failed = deliveries.flatMap(({ tries, bytes }) => (bytes ? tries.slice(0, -1) : tries));
	const tally: Record<string, number> = {};
	for (const { statusCode, text = '' } of failed) {
		const what = statusCode === undefined ? `no answer (${text.split('\n')[0]})` : `${statusCode} ${text || '(empty)'}`;
		tally[what] = (tally[what] ?? 0) + 1;
	}
	return tally;
}
