import type { Charged, Facts } from './errors';

type Failure = {
	/** What happened, one sentence without a full stop, in the labels of the panel. */
	message: (facts: Facts) => string;
	/** What to do about it, one or two sentences. */
	advice: (facts: Facts) => string;
	/** Whether money was taken, unless the job itself says otherwise. */
	charged: Charged;
};

/** Gives every row the type of a failure while its key stays a literal. */
const table = <Kind extends string>(rows: Record<Kind, Failure>) => rows;

const because = ({ reason }: Facts) => (reason ? `: ${reason}` : '');
const job = ({ jobId }: Facts) => (jobId ? `job ${jobId}` : 'the job');
const usd = (amount = 0) => `$${Number(amount.toFixed(4))}`;
const FETCH_LATER = 'Run Get Image Job with this job ID to fetch the images at no new charge.';
/** An answer that came with its images and without a job can only be asked for again, under its own key. */
const ASK_AGAIN =
	'Turn on Retry On Fail in the settings of this node: a retry of the same execution gets the same answer at no new charge.';
const fetchLater = ({ jobId }: Facts) => (jobId ? FETCH_LATER : ASK_AGAIN);
const KEYS_PAGE = 'Create a REST API key (it starts with ky- or kyma-) at https://kymaapi.com, then set it in the Kyma API credential.';

/**
 * Every way this package can fail, and what it says. docs/errors.md shows this table to users.
 * Rules of behaviour per case: kyma-api.md, "Errors".
 */
export const FAILURES = table({
	parameter: {
		message: ({ field, reason }) => `${field}: ${reason}`,
		advice: ({ field }) => `Change "${field}" and run again. Nothing was sent to Kyma.`,
		charged: false,
	},
	setup: {
		message: ({ reason }) => `n8n could not read the settings of this node${because({ reason })}`,
		advice: () => 'Check the expressions and the credential of this node. Nothing was sent to Kyma.',
		charged: false,
	},
	mcpKey: {
		message: () => "The API Key belongs to Kyma's MCP server, not to its REST API",
		advice: () => `A key that starts with km- works in MCP clients only. ${KEYS_PAGE}`,
		charged: false,
	},
	baseUrl: {
		message: ({ reason }) => `Base URL of the Kyma API credential: ${reason}`,
		advice: () =>
			'Set it to https://kymaapi.com/v1. Plain http is allowed for this machine only (localhost), because the API key would travel unencrypted.',
		charged: false,
	},
	keyRefused: {
		message: ({ httpCode, reason }) => `Kyma refused the API key (HTTP ${httpCode})${because({ reason })}`,
		advice: () => KEYS_PAGE,
		charged: false,
	},
	creditsShort: {
		message: (facts) => `Your Kyma balance is too low for this job${because(facts)}`,
		advice: () => 'Top up at https://kymaapi.com, or choose a cheaper Model, a lower Quality or a smaller Number of Images.',
		charged: false,
	},
	unknownModel: {
		message: ({ model, reason }) => `Model: Kyma does not know "${model}"${because({ reason })}`,
		advice: () => 'Choose a Model from the list, or check the ID for typing errors.',
		charged: false,
	},
	badRequest: {
		message: ({ field, reason }) => `${field ?? 'Kyma refused the request'}: ${reason ?? 'Kyma gave no reason'}`,
		advice: ({ field }) =>
			field ? `Change "${field}" and run again.` : 'Check Model, Prompt and Options against what the model supports, then run again.',
		charged: false,
	},
	dataUrlRefused: {
		message: (facts) => `Kyma did not accept the source image as a data URL${because(facts)}`,
		advice: () =>
			'Set Input Type to "Image URL(s)" with a public HTTPS address, or set Send Binary As to "Signed URL" on an n8n instance that is reachable over HTTPS.',
		charged: false,
	},
	rateLimited: {
		message: (facts) => `Kyma was still refusing new jobs when the time for this one ran out (HTTP 429)${because(facts)}`,
		advice: () =>
			'Lower Max Concurrency, raise Timeout, or move to a higher Kyma tier. Other workflows with the same key share its limits.',
		charged: false,
	},
	submitFailed: {
		message: (facts) => `Kyma could not be reached to submit the job${because(facts)}`,
		advice: () =>
			'Turn on Retry On Fail in the settings of this node: a retry of the same execution re-attaches to the job if Kyma did receive it, without a second charge.',
		charged: 'unknown',
	},
	badAnswer: {
		message: ({ reason, httpCode }) => `Kyma answered with something that is not a job (HTTP ${httpCode})${because({ reason })}`,
		advice: ({ jobId }) =>
			jobId
				? FETCH_LATER
				: 'Check the Base URL of the Kyma API credential. If it is right, run again: a retry of the same execution does not pay twice.',
		charged: 'unknown',
	},
	pollFailed: {
		message: (facts) => `Kyma gave no answer about ${job(facts)}${facts.httpCode ? ` (HTTP ${facts.httpCode})` : ''}${because(facts)}`,
		advice: () => `Check that this n8n can reach Kyma. ${FETCH_LATER}`,
		charged: 'unknown',
	},
	jobNotFound: {
		message: ({ jobId }) => `Kyma does not know a job with the ID ${jobId}`,
		advice: () => 'Check Job ID, and that the credential belongs to the account that submitted the job.',
		charged: 'unknown',
	},
	jobLost: {
		message: (facts) => `Kyma took ${job(facts)} and now says that it does not know it`,
		advice: () => `It may still finish. ${FETCH_LATER}`,
		charged: 'unknown',
	},
	jobFailed: {
		message: (facts) => `Kyma could not make the image, ${job(facts)} ended as "${facts.status}"${because(facts)}`,
		advice: () => 'Kyma refunds failed jobs in full. Change what the reason is about (Prompt, Model or source image) and run again.',
		charged: false,
	},
	unknownStatus: {
		message: (facts) => `Kyma reported the status "${facts.status}" for ${job(facts)}, which this node does not know`,
		advice: () => `Update n8n-nodes-kyma. ${FETCH_LATER}`,
		charged: 'unknown',
	},
	pollRefused: {
		message: (facts) => `Kyma refused to show ${job(facts)} (HTTP ${facts.httpCode})${because(facts)}`,
		advice: () => `Check the Kyma API credential. ${FETCH_LATER}`,
		charged: 'unknown',
	},
	timedOut: {
		message: (facts) => `No result after ${facts.seconds} seconds, ${job(facts)} is still "${facts.status}"${because(facts)}`,
		advice: () => `It may still finish. ${FETCH_LATER} Raise Timeout for slow models.`,
		charged: 'unknown',
	},
	noImage: {
		message: (facts) => `Kyma says ${job(facts)} succeeded but gave no image`,
		advice: fetchLater,
		charged: true,
	},
	downloadFailed: {
		message: (facts) => `The image of ${job(facts)} was made but could not be downloaded${because(facts)}`,
		advice: fetchLater,
		charged: true,
	},
	notAnImage: {
		message: (facts) => `What the image address of ${job(facts)} delivered is not an image${because(facts)}`,
		advice: fetchLater,
		charged: true,
	},
	storeFailed: {
		message: (facts) => `n8n could not store the image of ${job(facts)}${because(facts)}`,
		advice: (facts) => `Check the disk space and the binary data settings of n8n. ${fetchLater(facts)}`,
		charged: true,
	},
	overBudget: {
		message: ({ limitUsd, amountUsd }) =>
			`Max Spend: this job would bring the run to ${usd(amountUsd)}, over the limit of ${usd(limitUsd)}`,
		advice: () => 'The job was not submitted. Raise Max Spend, or send fewer items.',
		charged: false,
	},
	priceUnknown: {
		message: ({ model }) => `Max Spend: the price of "${model}" is not known, so the limit cannot be kept`,
		advice: () => 'The job was not submitted. Choose a Model from the list, or remove Max Spend.',
		charged: false,
	},
	catalogUnavailable: {
		message: (facts) => `Kyma's model list could not be read${because(facts)}`,
		advice: () => 'Run again in a minute, and check the Base URL of the Kyma API credential.',
		charged: false,
	},
	canceled: {
		message: ({ jobId, otherJobIds = [], charged }) => {
			const ids = [jobId, ...otherJobIds].filter(Boolean).join(', ');
			if (ids) return `Execution canceled with jobs submitted and not delivered: ${ids}`;
			return charged === false ? 'Execution canceled before this job was submitted' : 'Execution canceled while a job was being submitted';
		},
		advice: ({ jobId }) => (jobId ? `Kyma may still finish and charge them. ${FETCH_LATER}` : 'Run again when you are ready.'),
		charged: 'unknown',
	},
	unexpected: {
		message: ({ reason }) => reason ?? 'Unknown failure',
		advice: ({ jobId }) => (jobId ? FETCH_LATER : 'This is a fault of n8n-nodes-kyma or of n8n: report it with the steps that lead to it.'),
		charged: 'unknown',
	},
});

export type FailureKind = keyof typeof FAILURES;
