import { createHash, randomUUID } from 'crypto';

/** What makes one wish different from another; see docs/decisions/0002-idempotency-key.md. */
export type Wish = {
	/** Of this n8n instance and execution; undefined when n8n knows none (a test call). */
	instanceId: string;
	executionId: string | undefined;
	nodeId: string;
	runIndex: number;
	itemIndex: number;
	/** The request, with source images by their content: a signed address differs each time it is made. */
	content: unknown;
};

/** SHA-256 in hex, shortened to `length` characters. */
export const toDigest = (data: string | Buffer, length = 64): string => createHash('sha256').update(data).digest('hex').slice(0, length);

/** JSON with sorted keys, so that the same request always reads the same. */
export function toCanonicalJson(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) => {
		const isRecord = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
		return isRecord ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
	});
}

/** Characters that a log or a header can carry; ids of n8n fit as they are. */
const toWord = (id: string, maxLength: number) => id.replace(/[^\w.]/g, '_').slice(0, maxLength);

/**
 * The automatic idempotency key: at most 128 characters (Kyma's limit), readable in a log, with nothing of the prompt
 * in clear. Execution, run and item stand in words; instance, node and content in one digest.
 */
export function buildIdempotencyKey(wish: Wish): string {
	const { instanceId, nodeId, executionId = randomUUID(), runIndex, itemIndex, content } = wish;
	const digest = toDigest(toCanonicalJson([instanceId, executionId, nodeId, runIndex, itemIndex, content]), 40);
	return `n8n-e${toWord(executionId, 40)}-r${runIndex}-i${itemIndex}-${digest}`;
}
