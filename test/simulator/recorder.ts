import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import type { ImageKind } from './fault-kinds';
import type { RecordedRequest, RouteName } from './types';
import type { World } from './world';

export type SimulatorEnv = {
	Bindings: HttpBindings;
	Variables: { recorded: RecordedRequest; apiKey: string; delivery?: ImageKind };
};
export type SimulatorContext = Context<SimulatorEnv>;

const ROUTES: [RecordedRequest['host'], string, RegExp, RouteName][] = [
	['api', 'POST', /^\/v1\/images\/generations$/, 'submit'],
	['api', 'GET', /^\/v1\/jobs\/([^/]+)$/, 'poll'],
	['api', 'GET', /^\/v1\/auth\/limits$/, 'limits'],
	['api', 'GET', /^\/v1\/credits\/balance$/, 'balance'],
	['api', 'GET', /^\/v1\/limits\/tiers$/, 'tiers'],
	['api', 'GET', /^\/v1\/pricing$/, 'pricing'],
	['api', 'GET', /^\/registry\/image-models\.json$/, 'registry'],
	['image', 'GET', /^\/images\/([^/]+)\/[^/]+$/, 'image'],
];

function nameRoute(host: RecordedRequest['host'], method: string, path: string) {
	const asked = method === 'HEAD' ? 'GET' : method;
	for (const [onHost, verb, pattern, route] of ROUTES) {
		const match = onHost === host && verb === asked ? pattern.exec(path) : null;
		if (match) return { route, jobId: match[1] };
	}
	return { route: 'other' as const, jobId: undefined };
}

async function readBody(context: SimulatorContext): Promise<unknown> {
	const text = await context.req.text().catch(() => '');
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function finish(world: World, recorded: RecordedRequest): void {
	recorded.finishedAt = performance.now();
	world.settings.onRequest?.(recorded);
}

/** Enters every request in `world.requests`, before anything can go wrong with it. */
export function record(world: World, host: RecordedRequest['host']): MiddlewareHandler<SimulatorEnv> {
	return async (context, next) => {
		const { method = 'GET', url = '/', headers } = context.env.incoming;
		const recorded: RecordedRequest = {
			host,
			...nameRoute(host, method, url.split('?')[0]!),
			...{ method, path: url, headers: { ...headers }, body: undefined },
			at: performance.now(),
		};
		world.requests.push(recorded);
		context.env.outgoing.once('close', () => finish(world, recorded));
		context.set('recorded', recorded);
		if (method !== 'GET') recorded.body = await readBody(context);
		await next();
		if (!context.res.headers.has('x-hono-already-sent')) recorded.status = context.res.status;
	};
}
