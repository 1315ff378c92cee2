import type { Workflow } from '../e2e/host/workflow';
import { chain, kymaImage, node, respondBinary, respondItems, start, webhook } from '../e2e/workflows';

/** One image, started by hand. */
export const byHand = chain('Queue: by hand', start, kymaImage({ prompt: 'A red fox in snow' }));

/** One image, answered with the image itself. */
export const image = chain('Queue: image', webhook('queue-image'), kymaImage(), respondBinary);

const orderKey = { idempotencyKey: '={{ "order-" + $json.body.order }}' };

/** The same, under a key that the caller decides on: a second call with the same order number is the same wish. */
export const order = chain('Queue: order', webhook('queue-order'), kymaImage({ options: orderKey }), respondBinary);

const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 5, waitBetweenTries: 5_000 };

/** The same, with Retry On Fail. */
export const patientOrder = chain(
	'Queue: patient order',
	webhook('queue-patient'),
	kymaImage({ options: orderKey }, RETRY_ON_FAIL),
	respondBinary,
);

const split = node('Split Out', 'n8n-nodes-base.splitOut', 1, {
	fieldToSplitOut: 'body.prompts',
	options: { destinationFieldName: 'prompt' },
});

/** Many items in one execution, answered with their JSON. */
export const batch = chain(
	'Queue: batch',
	webhook('queue-batch'),
	split,
	kymaImage({ prompt: '={{ $json.prompt }}', options: { maxConcurrency: 20 } }, { onError: 'continueRegularOutput' }),
	respondItems,
);

const fetchJob = (name: string, jobId: string) =>
	node(name, 'n8n-nodes-kyma.kymaImage', 1, { operation: 'getJob', jobId, options: { waitForCompletion: true } });

/** Submits in one node and waits in the next; n8n saves what the first has put out before the second begins. */
export const twoSteps: Workflow = {
	...chain(
		'Queue: two steps',
		webhook('queue-two-steps'),
		kymaImage({ options: { waitForCompletion: false } }),
		fetchJob('Fetch', '={{ $json.jobId }}'),
		respondBinary,
	),
	settings: { saveExecutionProgress: true },
};

/** Brings the images of a job whose ID is known. */
export const fetch = chain('Queue: fetch', webhook('queue-fetch'), fetchJob('Fetch', '={{ $json.body.jobId }}'), respondBinary);

export const WORKFLOWS: readonly Workflow[] = [image, order, patientOrder, batch, twoSteps, fetch];
