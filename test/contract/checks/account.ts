import { describeAnswer } from '../jobs';
import { judge } from '../finding';
import type { Check } from '../types';

const fieldsOf = (body: unknown) => (typeof body === 'object' && body !== null ? Object.keys(body) : []);
const isRefused = (status: number) => status === 401 || status === 403;

/** Who may call, and what the account says of itself. All free of charge. */
export const ACCOUNT: Check[] = [
	{
		id: 'auth-limits',
		fact: '`GET /auth/limits` answers a good key with 200 and JSON, free of charge',
		source: 'documented',
		run: async (api) => {
			const { status, body } = await api.get('/auth/limits');
			return judge(status === 200 && fieldsOf(body).includes('rpm_limit'), `HTTP ${status}, fields: ${fieldsOf(body).join(', ')}`);
		},
	},
	{
		id: 'wrong-key',
		fact: 'A wrong key is refused with 401 or 403',
		source: 'documented',
		run: async (api) => {
			const { status } = await api.get('/auth/limits', 'ky-this-is-not-a-key');
			return judge(isRefused(status), `HTTP ${status}`);
		},
	},
	{
		id: 'mcp-key',
		fact: 'A key that starts with km- is refused by the REST API',
		source: 'documented',
		run: async (api) => {
			const { status } = await api.get('/auth/limits', 'km-this-is-not-a-key');
			return judge(isRefused(status), `HTTP ${status}`);
		},
	},
	{
		id: 'no-key',
		fact: 'Without a key, `/auth/limits` is refused with 401 or 403',
		source: 'documented',
		run: async (api) => {
			const { status } = await api.get('/auth/limits', null);
			return judge(isRefused(status), `HTTP ${status}`);
		},
	},
	{
		id: 'balance',
		fact: '`GET /credits/balance` exists and answers a good key with JSON',
		source: 'documented',
		run: async (api) => {
			const { status, body } = await api.get('/credits/balance');
			return judge(status === 200 && fieldsOf(body).length > 0, `HTTP ${status}, fields: ${fieldsOf(body).join(', ')}`);
		},
	},
	{
		id: 'tiers',
		fact: '`GET /limits/tiers` is public and lists the tiers with their image limits',
		source: 'documented',
		run: async (api) => {
			const answer = await api.get('/limits/tiers', null);
			const { object, tiers } = answer.body as { object?: unknown; tiers?: Array<Record<string, unknown>> };
			const holds = object === 'tier.matrix' && Array.isArray(tiers) && typeof tiers[0]?.image_concurrent === 'number';
			return judge(holds, holds ? `${tiers.length} tiers` : describeAnswer(answer));
		},
	},
];
