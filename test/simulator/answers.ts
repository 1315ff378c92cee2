/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { AnswerKind } from './fault-kinds';
import { isImageKind } from './fault-kinds';
import { takeAnswerFaults } from './faults';
import type { SimulatorContext, SimulatorEnv } from './recorder';
import { errorCodeOf, toErrorBody } from './refusal';
import type { World } from './world';

/** Tells the server that the answer was written, or withheld, by hand. */
export const answeredByHand = () => new Response(null, { headers: { 'x-hono-already-sent': 'true' } });

const HTML = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>';

function resetConnection(context: SimulatorContext): Response {
	context.env.incoming.socket.resetAndDestroy();
	return answeredByHand();
}

function answerStatus(kind: Extract<AnswerKind, { type: 'status' }>): Response {
	const { status, code = errorCodeOf(status), message = `Simulated ${status}` } = kind;
	const headers = new Headers({ 'content-type': 'application/json' });
	if (kind.retryAfter !== undefined) headers.set('retry-after', String(kind.retryAfter));
	const body = kind.body ?? JSON.stringify(toErrorBody(status, code, message, kind.errorType));
	return new Response(hasNoBody(status) ? null : body, { status, headers });
}

const hasNoBody = (status: number) => [204, 205, 304].includes(status);

async function answerCut(context: SimulatorContext): Promise<Response> {
	const text = await context.res.text();
	const { status } = context.res;
	const cut = text.slice(0, Math.ceil(text.length * 0.6));
	return new Response(cut, { status, headers: { 'content-type': 'application/json' } });
}

async function answerWrongly(context: SimulatorContext, kind: AnswerKind): Promise<Response> {
	switch (kind.type) {
		case 'status':
			return answerStatus(kind);
		case 'html':
			return new Response(HTML, { status: kind.status, headers: { 'content-type': 'text/html' } });
		case 'empty':
			return new Response(null, { status: kind.status });
		case 'cutJson':
			return await answerCut(context);
		case 'redirect':
			return new Response(null, { status: kind.status ?? 302, headers: { location: kind.to } });
		case 'body':
			return Response.json(kind.body ?? null, { status: kind.status });
		case 'hang':
			return await new Promise<Response>(() => {});
		default:
			return resetConnection(context);
	}
}

/** Whether the route's own work is done before the answer goes wrong. */
function worksFirst(kind: AnswerKind): boolean {
	if (kind.type === 'cutJson' || kind.type === 'resetAfter') return true;
	if (kind.type === 'resetBefore' || kind.type === 'delay') return false;
	if (kind.type === 'empty') return kind.afterWork ?? (kind.status ?? 200) < 400;
	return kind.afterWork ?? false;
}

/** Applies the faults due for a request; those of an image's delivery are left to the image host. */
export function applyFaults(world: World): MiddlewareHandler<SimulatorEnv> {
	return async (context, next) => {
		const { delayMs, answer } = takeAnswerFaults(world.faults, context.get('recorded'));
		if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
		if (!answer || isImageKind(answer)) {
			context.set('delivery', answer);
			return await next();
		}
		if (worksFirst(answer) && context.get('recorded').route !== 'image') await next();
		const wrong = await answerWrongly(context, answer);
		context.res = undefined;
		context.res = wrong;
		return undefined;
	};
}
