import { audit } from '../queue/audit';
import { range } from '../queue/parallel';
import { startSimulator } from '../simulator';
import type { Simulator } from '../simulator';
import { run } from '../simulator/driver';

let kyma: Simulator;

beforeEach(async () => {
	kyma = await startSimulator({ jobDurationMs: 0, imageLongSidePx: 64 });
});

afterEach(async () => await kyma.close());

/** One order as its caller saw it, delivered with the image of its job. */
async function deliver(prompt: string) {
	const { id } = await run(kyma, { prompt });
	return { prompt, tries: [], bytes: await kyma.imageFor(id) };
}

test('orders that each got the image of their one job are all right', async () => {
	const deliveries = await Promise.all(range(3).map(async (index) => await deliver(`Order ${index}`)));
	expect(await audit(kyma, deliveries)).toMatchObject({ orders: 3, delivered: 3, jobs: 3, charged: 3, wrong: [] });
});

test('a second job for the same order is found', async () => {
	const delivery = await deliver('Order 1');
	await deliver('Order 1');
	expect((await audit(kyma, [delivery])).wrong).toEqual(['"Order 1": 2 jobs, 2 charged']);
});

test('the image of another order is found', async () => {
	const [one, other] = [await deliver('Order 1'), await deliver('Order 2')];
	const { wrong } = await audit(kyma, [one, { ...other, bytes: one.bytes }]);
	expect(wrong).toEqual([expect.stringMatching(/^"Order 2": \d+ bytes that are not its image$/), '2 images, but only 1 different ones']);
});

test('an image that was paid for and never arrived is found', async () => {
	const delivery = await deliver('Order 1');
	expect((await audit(kyma, [{ ...delivery, bytes: undefined }])).wrong).toEqual([
		expect.stringMatching(/^"Order 1": job \w+ \(succeeded\) was never delivered$/),
	]);
});

test('an order for which nothing was made is found', async () => {
	expect((await audit(kyma, [{ prompt: 'Order 1', tries: [] }])).wrong).toEqual(['"Order 1": no job was made']);
});
