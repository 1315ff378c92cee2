import { findModel } from '../../../nodes/KymaImage/models';
import { toPriceRange } from '../../../nodes/shared/catalog';
import { parseErrorBody } from '../../../nodes/shared/schemas';
import type { Answer, Api } from '../api';
import { judge } from '../finding';
import { describeAnswer } from '../jobs';
import type { Check, Finding } from '../types';

/** Nobody makes an image from these: a job that were made all the same would fail, and be refunded. */
const NO_IMAGE = 'https://example.com/there-is-no-image-here.png';
const tooMany = Array.from({ length: 11 }, (_, at) => `${NO_IMAGE}?${at}`);

/** The dearest image of a model, USD, for a submit that should be refused and might not be. */
const priceOf = (id: string) => () => {
	const row = findModel(id);
	return row ? toPriceRange(row).to : 0;
};

const describe = (answer: Answer) => {
	const { code } = parseErrorBody(answer.body);
	return answer.status < 300 ? `it was accepted: ${describeAnswer(answer)}` : `HTTP ${answer.status}, code ${code ?? 'none'}`;
};

/** Whether a submit is refused with this status and, where one is documented, this code. */
async function judgeRefusal(api: Api, body: Record<string, unknown>, status: number, code?: string): Promise<Finding> {
	const { answer } = await api.submit({ prompt: 'A plain grey square', ...body });
	const isCode = code === undefined || parseErrorBody(answer.body).code === code;
	return judge(answer.status === status && isCode, describe(answer));
}

/** What is refused, and how. Free of charge while the facts hold. */
export const ERRORS: Check[] = [
	{
		id: 'error-shape',
		fact: 'A refusal has the body `{"error": {"message", "type", "code"}}`',
		source: 'documented',
		run: async (api) => {
			const { answer } = await api.submit({ model: 'no-such-model', prompt: 'A plain grey square' });
			const { error } = (answer.body ?? {}) as { error?: Record<string, unknown> };
			const fields = Object.keys(error ?? {});
			return judge(typeof error?.message === 'string', `HTTP ${answer.status}, error has: ${fields.join(', ') || 'nothing'}`);
		},
	},
	{
		id: 'unknown-model',
		fact: 'An unknown model is refused with 404',
		source: 'documented',
		run: async (api) => await judgeRefusal(api, { model: 'no-such-model' }, 404),
	},
	{
		id: 'unknown-job',
		fact: 'An unknown job answers 404',
		source: 'documented',
		run: async (api) => {
			const answer = await api.get('/jobs/000000000000000000000000');
			return judge(answer.status === 404, describe(answer));
		},
	},
	{
		id: 'prompt-length',
		fact: 'A prompt of 4001 characters is refused with 400',
		source: 'documented',
		riskUsd: ({ textUsd }) => textUsd,
		run: async (api) => await judgeRefusal(api, { model: api.prices.textModel, prompt: 'x'.repeat(4_001) }, 400),
	},
	{
		id: 'number-of-images',
		fact: 'Five images in one job are refused with 400',
		source: 'documented',
		riskUsd: ({ textUsd }) => 5 * textUsd,
		run: async (api) => await judgeRefusal(api, { model: api.prices.textModel, n: 5 }, 400),
	},
	{
		id: 'image-required',
		fact: '`flux-kontext-pro` without a source image is refused with 400 `image_url_required`',
		source: 'documented',
		riskUsd: priceOf('flux-kontext-pro'),
		run: async (api) => await judgeRefusal(api, { model: 'flux-kontext-pro' }, 400, 'image_url_required'),
	},
	{
		id: 'too-many-references',
		fact: 'Eleven source images for `flux-2-pro` are refused with 400 `too_many_references`',
		source: 'documented',
		riskUsd: priceOf('flux-2-pro'),
		run: async (api) => await judgeRefusal(api, { model: 'flux-2-pro', image_urls: tooMany }, 400, 'too_many_references'),
	},
];
