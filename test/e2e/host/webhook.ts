/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { send, type RawRequest, type RawResponse } from './session';

const REGISTRATION_POLL_MS = 100;

export type WebhookRequest = RawRequest & {
	/** How long n8n may take to know a workflow that was just activated; it does that in the background. */
	registeredWithinMs?: number;
	/** The address the editor listens on during "Listen for test event". */
	isTest?: boolean;
};

const isUnregistered = ({ statusCode, text }: RawResponse): boolean => statusCode === 404 && text().includes('not registered');

/**
 * Calls `/webhook/<path>` and returns whatever the workflow answers, a 404 of its own included.
 * Waits until the webhook is registered; a call to an unknown webhook runs nothing, so repeating is safe.
 */
export async function callWebhook(
	baseUrl: string,
	path: string,
	{ registeredWithinMs = 30_000, isTest = false, ...request }: WebhookRequest = {},
): Promise<RawResponse> {
	const url = `${baseUrl}/${isTest ? 'webhook-test' : 'webhook'}/${path}`;
	const deadline = Date.now() + registeredWithinMs;
	for (;;) {
		const response = await send(url, { method: 'POST', timeoutMs: 300_000, ...request });
		if (!isUnregistered(response) || Date.now() > deadline) return response;
		await new Promise((resolve) => setTimeout(resolve, REGISTRATION_POLL_MS));
	}
}
