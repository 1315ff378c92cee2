/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { continueOnFail, generate, useSimulator } from './kyma';

const bench = useSimulator();
const { run } = bench;

test.each([400, 401, 402, 404])('a %i after an answer that was lost does not say that nothing was charged', async (status) => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'resetAfter' } });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status } });
	const { items } = await run(generate(), continueOnFail);
	expect(bench.kyma.chargedUsd).toBe(0.046);
	expect(items[0]?.json.details).toMatchObject({ charged: 'unknown', httpCode: status });
});

test('a key that is refused after a lost answer leaves a doubt about this item, and none about those never sent', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'resetAfter' } });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 401 } });
	const { items } = await run(generate({ maxConcurrency: 1 }), { input: [{ json: {} }, { json: {} }], ...continueOnFail });
	expect(bench.kyma.jobs).toHaveLength(1);
	expect(items.map(({ json }) => json.details)).toMatchObject([{ charged: 'unknown' }, { charged: false }]);
});

test.each([302, 400, 402])('a look at a job that is answered %i keeps the job id and does not say that it was free', async (status) => {
	bench.kyma.addFault({ on: 'poll', kind: { type: 'status', status } });
	const { items } = await run(generate(), continueOnFail);
	expect(bench.kyma.chargedUsd).toBe(0.046);
	expect(items[0]?.json.details).toMatchObject({ charged: 'unknown', jobId: bench.kyma.jobs[0]?.id });
	expect(String(items[0]?.json.error)).toContain('Kyma refused to show job');
});

test('a submitted job that Kyma then does not know is one to fetch later, not a Job ID to check', async () => {
	bench.kyma.addFault({ on: 'poll', kind: { type: 'status', status: 404 }, times: Infinity });
	const { error } = await run(generate({ timeout: 1 }));
	const [job] = bench.kyma.jobs;
	expect(error?.message).toBe(`Kyma took job ${job?.id} and now says that it does not know it [Item 0]`);
	expect(error?.description).toContain('It may still finish. Run Get Image Job with this job ID');
	expect(error?.context.data).toMatchObject({ jobId: job?.id, charged: 'unknown', httpCode: 404 });
});

const twice = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

test('a Stop that Retry On Fail runs over still names the jobs in flight', async () => {
	bench.kyma.configure({ jobDurationMs: 60_000 });
	const onStart = (stop: () => void) => {
		const timer = setInterval(() => {
			if (bench.count('poll') < 2) return;
			clearInterval(timer);
			stop();
		}, 5);
	};
	const { error, run: execution } = await run(generate(), { input: [{ json: {} }, { json: {} }], settings: twice, onStart });
	expect(execution.status).toBe('canceled');
	for (const { id } of bench.kyma.jobs) expect(error?.message).toContain(id);
	expect(error?.description).not.toContain('not charged');
});

test('a retry that is refused still names the job that an earlier try has paid for', async () => {
	bench.kyma.addFault({ on: 'poll', kind: { type: 'status', status: 403 } });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 402 }, skip: 1 });
	const { items } = await run(generate(), { settings: { ...twice, onError: 'continueRegularOutput' } });
	expect(items[0]?.json.details).toMatchObject({ httpCode: 402, jobId: bench.kyma.jobs[0]?.id, charged: 'unknown' });
});

test('a retry that is refused after a job had failed says that nothing was charged', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: null } });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 402 }, skip: 1 });
	const { items } = await run(generate(), { settings: { ...twice, onError: 'continueRegularOutput' } });
	expect(items[0]?.json.details).toEqual({ httpCode: 402, model: 'nano-banana', charged: false });
});

test('the error that ends a run names the items whose submit got no answer', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'resetAfter' } });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 400 } });
	const { error } = await run(generate(), { input: [{ json: {} }, { json: {} }] });
	const [itemIndex] = bench.kyma.jobs.map(({ idempotencyKey }) => /-i(\d)-/.exec(idempotencyKey ?? '')?.[1]);
	expect(error?.message).toContain(`[Item ${1 - Number(itemIndex)}]`);
	expect(error?.description).toContain(`without an answer, and may have been charged: ${itemIndex}.`);
});

test('an item that was refused with 429 was not submitted, and the error that ends the run does not name it', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 429, retryAfter: 30 } });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 400 } });
	const { error } = await run(generate(), { input: [{ json: {} }, { json: {} }] });
	expect(bench.kyma.jobs).toHaveLength(0);
	expect(error?.description).not.toContain('Other items');
});

test('the error that ends a run counts the images that came without a job id, and a retry brings them free of charge', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'immediate', shape: 'url' } });
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 400 }, skip: 1 });
	const input = [{ json: {} }, { json: {} }];
	const { error } = await run(generate(), { input });
	expect(error?.description).toContain('charged and answered without a job ID: 1.');
	const { items } = await run(generate(), { input });
	expect(items).toHaveLength(2);
	expect(bench.kyma.chargedUsd).toBe(0.092);
});

test('an image that came without a job id and cannot be downloaded is not said to be had by one', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'immediate', shape: 'url' } });
	bench.kyma.addFault({ on: 'image', kind: { type: 'redirect', to: 'ftp://files.example.com/a.png' } });
	const { error } = await run(generate());
	expect(error?.description).not.toContain('Get Image Job');
	expect(error?.description).toContain('a retry of the same execution gets the same answer');
});
