/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Readable } from 'node:stream';

import { toAccount } from '../../nodes/shared/account';
import type { Session } from '../../nodes/shared/job';
import { createLimiter } from '../../nodes/shared/limiter';
import type { Context } from '../../nodes/shared/request';

export type Answer = { statusCode?: number; headers?: Record<string, string>; body: unknown } | { code: string };

/** What talks to an API that answers as told, without a network. */
export function buildSession(answer: () => Answer, signal = new AbortController().signal): Session {
	const ask = async () => {
		const given = answer();
		if ('code' in given) throw Object.assign(new Error('no'), given);
		const { statusCode = 200, headers = {}, body } = given;
		return await Promise.resolve({ statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) });
	};
	const context = { helpers: { httpRequestWithAuthentication: ask } } as unknown as Context;
	return { context, account: toAccount('https://kymaapi.com'), signal, stopSignal: signal, limiter: createLimiter(8) };
}
