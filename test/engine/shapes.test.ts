import { readBinary } from './engine';
import { generate, useSimulator } from './kyma';

const bench = useSimulator();
const { run, count } = bench;

test.each(['url', 'urls', 'images-strings', 'images-objects', 'data-url', 'data-b64', 'duplicates'] as const)(
	'the output shape "%s" gives every image once, in order',
	async (shape) => {
		bench.kyma.addFault({ on: 'submit', kind: { type: 'outputShape', shape } });
		const { items } = await run(generate({ numberOfImages: shape === 'url' ? 1 : 3 }));
		expect(items).toHaveLength(shape === 'url' ? 1 : 3);
		for (const [index, item] of items.entries()) {
			expect(await readBinary(item.binary?.data)).toEqual(await bench.kyma.imageFor(item.json.jobId as string, index));
		}
	},
);

test.each(['url', 'b64'] as const)(
	'an immediate answer in the OpenAI shape (%s) is delivered without a poll, its cost unknown',
	async (shape) => {
		bench.kyma.addFault({ on: 'submit', kind: { type: 'immediate', shape } });
		const { items } = await run(generate());
		expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
		expect(items[0]?.json).toMatchObject({ status: 'succeeded', costUsd: null });
		expect(items[0]?.json).not.toHaveProperty('jobId');
		expect(count('poll')).toBe(0);
	},
);

test('immediate answers have no job id to be named by, and still no two files of a run share a name', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'immediate', shape: 'url' }, times: 2 });
	const { items } = await run(generate(), { input: [{ json: {} }, { json: {} }] });
	expect(items.map(({ json }) => json.fileName)).toEqual(['nano-banana-item-0.png', 'nano-banana-item-1.png']);
});

test('a first answer that is already terminal is honoured without a poll', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'terminalAnswer' } });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect(count('poll')).toBe(0);
});

test('output that comes later than the word succeeded is waited for', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'lateOutput', ms: 500 } });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
	expect(count('poll')).toBe(2);
});

test('a job that Kyma does not know yet just after its submit is asked for again', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'notFoundFor', ms: 400 } });
	const { items } = await run(generate());
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
});

test.each([
	['an object', { message: 'The prompt was refused', code: 'moderation' }, 'The prompt was refused'],
	['a string', 'The prompt was refused', 'The prompt was refused'],
	['null', null, 'ended as "failed"'],
])('a failed job whose error is %s says so, with the job id and that nothing was charged', async (_, reason, words) => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'failed', error: reason } });
	const { error } = await run(generate());
	const [job] = bench.kyma.jobs;
	expect(error?.message).toContain(words);
	expect(error?.description).toContain(`Job ID: ${job?.id}. You were not charged for this.`);
});

test.each(['refunded', 'expired', 'cancelled', 'error'])('the terminal status "%s" ends the wait at once', async (status) => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status, error: null } });
	const { error } = await run(generate());
	expect(error?.message).toContain(`ended as "${status}"`);
	expect(count('poll')).toBe(1);
});

test('an unknown status is an error with the job id, not an endless wait', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'job', status: 'simmering', error: null } });
	const { error } = await run(generate());
	expect(error?.message).toContain('the status "simmering"');
	expect(error?.description).toContain('Job ID: ');
});
