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

test.each([302, 400, 402])('a look at a job that is answered %i keeps the job id and does not say that it was free', async (status) => {
	bench.kyma.addFault({ on: 'poll', kind: { type: 'status', status } });
	const { items } = await run(generate(), continueOnFail);
	expect(bench.kyma.chargedUsd).toBe(0.046);
	expect(items[0]?.json.details).toMatchObject({ charged: 'unknown', jobId: bench.kyma.jobs[0]?.id });
	expect(String(items[0]?.json.error)).toContain('Kyma refused to show job');
});
