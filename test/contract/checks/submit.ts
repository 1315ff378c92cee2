import { detectFormat } from '../../../nodes/shared/content';
import { isJobId } from '../../../nodes/shared/job';
import type { Api } from '../api';
import { judge, notTestable } from '../finding';
import { describeAnswer, makeOne, makeTwo } from '../jobs';
import type { Made } from '../jobs';
import type { Check, Finding } from '../types';

const DOCUMENTED_FIELDS = ['id', 'object', 'status', 'model', 'created_at', 'output', 'error', 'estimated_cost', 'charged_amount'];
const KNOWN_WORDS = ['pending', 'processing', 'succeeded'];
const NO_JOB = 'the submit gave no job';

/** Two amounts in USD that are the same but for rounding. */
const isSame = (a: number | null | undefined, b: number) => typeof a === 'number' && Math.abs(a - b) < 1e-4;

const outputOf = ({ finished }: Made) => finished?.raw.output;
const shapeOf = (output: unknown) => (typeof output === 'object' && output !== null ? Object.keys(output).join(', ') : typeof output);

/** A finding about a finished job; without one there is nothing to look at. */
async function look(making: Promise<Made>, find: (made: Made) => Finding | Promise<Finding>): Promise<Finding> {
	const made = await making;
	return made.finished?.status === 'succeeded' ? await find(made) : notTestable(made.job ? 'the job did not succeed' : NO_JOB);
}

async function judgeImage(api: Api, { finished }: Made): Promise<Finding> {
	const [image] = finished?.images ?? [];
	if (!image || !('url' in image)) return notTestable('the image came without an address');
	const { origin, protocol } = new URL(image.url);
	const { status, bytes } = await api.fetch(image.url);
	const format = detectFormat(bytes);
	const isElsewhere = origin !== new URL(api.apiUrl).origin;
	const isSecure = protocol === 'https:' || new URL(api.apiUrl).protocol === 'http:';
	const seen = `HTTP ${status}, ${format?.mimeType ?? 'no image'}, ${protocol.slice(0, -1)}, ${isElsewhere ? 'another host' : 'the same host'}`;
	return judge(status === 200 && format !== undefined && isElsewhere && isSecure, seen);
}

/** One job from submit to image, one of two images, and a replay. */
export const SUBMIT: Check[] = [
	{
		id: 'submit-job',
		fact: 'A submit answers 202 with a job: the documented fields, an ID, nothing charged yet',
		source: 'documented',
		costUsd: ({ textUsd }) => textUsd,
		run: async (api) => {
			const { answer, job } = await makeOne(api);
			if (!job) return { verdict: 'different', seen: describeAnswer(answer) };
			const missing = DOCUMENTED_FIELDS.filter((field) => !(field in job.raw));
			const holds = answer.status === 202 && missing.length === 0 && isJobId(job.id ?? '') && job.chargedUsd === null;
			return judge(holds, `HTTP ${answer.status}, status ${job.statusText}, missing: ${missing.join(', ') || 'none'}`);
		},
	},
	{
		id: 'estimated-cost',
		fact: '`estimated_cost` is the price of the job in USD, as the price list has it',
		source: 'documented',
		run: async (api) => {
			const { job } = await makeOne(api);
			if (!job) return notTestable(NO_JOB);
			return judge(isSame(job.estimatedCostUsd, api.prices.textUsd), `${job.estimatedCostUsd}, price ${api.prices.textUsd}`);
		},
	},
	{
		id: 'poll-after-submit',
		fact: 'A new job is known to `GET /jobs/{id}` at once, or after some seconds',
		source: 'assumed',
		run: async (api) => {
			const { job, firstPoll, finished } = await makeOne(api);
			if (!job) return notTestable(NO_JOB);
			const isKnown = firstPoll?.status === 200;
			return judge(isKnown || finished !== undefined, `first poll: HTTP ${firstPoll?.status}`);
		},
	},
	{
		id: 'job-status',
		fact: 'A job goes from pending or processing to succeeded, in these words',
		source: 'documented',
		run: async (api) => {
			const { job, statuses } = await makeOne(api);
			if (!job) return notTestable(NO_JOB);
			const holds = statuses.at(-1) === 'succeeded' && statuses.every((word) => KNOWN_WORDS.includes(word));
			return judge(holds, [job.statusText, ...statuses].join(' → '));
		},
	},
	{
		id: 'output-url',
		fact: 'The image of a job stands in `output.url`',
		source: 'documented',
		run: async (api) =>
			await look(makeOne(api), (made) => {
				const { url } = (outputOf(made) ?? {}) as { url?: unknown };
				return judge(typeof url === 'string', `output has: ${shapeOf(outputOf(made))}`);
			}),
	},
	{
		id: 'image-host',
		fact: 'The image is served without a key, over https, by another host than the API, in a format the node knows',
		source: 'documented',
		run: async (api) => await look(makeOne(api), async (made) => await judgeImage(api, made)),
	},
	{
		id: 'charged-amount',
		fact: '`charged_amount` of a succeeded job is a number, not above `estimated_cost`',
		source: 'documented',
		run: async (api) =>
			await look(makeOne(api), ({ finished, job }) => {
				const [charged, held] = [finished?.chargedUsd ?? null, job?.estimatedCostUsd ?? null];
				return judge(charged !== null && held !== null && charged <= held + 1e-6, `charged ${charged}, held ${held}`);
			}),
	},
	{
		id: 'idempotent-replay',
		fact: 'The same `idempotency_key` again answers 200 with the same job',
		source: 'documented',
		riskUsd: ({ textUsd }) => textUsd,
		run: async (api) => {
			const { job, key } = await makeOne(api);
			if (!job) return notTestable(NO_JOB);
			const prompt = 'A plain grey square on a white background';
			const again = await api.submit({ model: api.prices.textModel, prompt, extra: { seed: 7 }, idempotency_key: key });
			return judge(
				again.answer.status === 200 && again.job?.id === job.id,
				`HTTP ${again.answer.status}, same job: ${again.job?.id === job.id}`,
			);
		},
	},
	{
		id: 'replay-other-content',
		fact: 'The same `idempotency_key` with another prompt gives the first job back',
		source: 'assumed',
		riskUsd: ({ textUsd }) => textUsd,
		run: async (api) => {
			const { job, key } = await makeOne(api);
			if (!job) return notTestable(NO_JOB);
			const again = await api.submit({ model: api.prices.textModel, prompt: 'A plain green circle', idempotency_key: key });
			return judge(again.job?.id === job.id, `HTTP ${again.answer.status}, same job: ${again.job?.id === job.id}`);
		},
	},
	{
		id: 'output-shape',
		fact: 'The images of a job of two are all in its `output`, in a shape the node knows',
		source: 'assumed',
		costUsd: ({ textUsd }) => 2 * textUsd,
		run: async (api) =>
			await look(makeTwo(api), (made) =>
				judge(made.finished?.images.length === 2, `${made.finished?.images.length} images, output has: ${shapeOf(outputOf(made))}`),
			),
	},
	{
		id: 'money-of-several',
		fact: '`estimated_cost` and `charged_amount` of a job of two images are for both together',
		source: 'assumed',
		run: async (api) =>
			await look(makeTwo(api), ({ job, finished }) => {
				const [held, charged] = [job?.estimatedCostUsd, finished?.chargedUsd];
				const both = 2 * api.prices.textUsd;
				return judge(isSame(held, both) && isSame(charged, both), `held ${held}, charged ${charged}, two cost ${both}`);
			}),
	},
];
