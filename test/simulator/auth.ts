import type { MiddlewareHandler } from 'hono';
import type { SimulatorEnv } from './recorder';
import { Refusal } from './refusal';
import type { World } from './world';

const MCP_KEY = 'This key (km-…) belongs to the Kyma MCP server; the REST API takes ky- or kyma- keys';

/** @throws Refusal 401 unless the request carries a key of this simulator. */
export function requireKey(world: World): MiddlewareHandler<SimulatorEnv> {
	return async (context, next) => {
		const [, key = ''] = /^Bearer (.+)$/.exec(context.req.header('authorization') ?? '') ?? [];
		if (key === '') throw new Refusal(401, 'missing_api_key', 'Missing API key');
		if (key.startsWith('km-')) throw new Refusal(401, 'mcp_key_refused', MCP_KEY);
		if (!world.settings.apiKeys.includes(key)) {
			throw new Refusal(401, 'invalid_api_key', 'Invalid API key');
		}
		context.set('apiKey', key);
		await next();
	};
}
