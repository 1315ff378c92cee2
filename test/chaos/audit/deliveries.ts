import type { DeliveredImage, LedgerJob, Outcome, OutputItem } from '../types';

/** One image that reached the next node. */
export type Delivery = { itemIndex: number; jobId?: string; imageIndex: number; sha256: string };

type ImageEntry = { field?: string; imageIndex?: number };

const toJobId = ({ json }: OutputItem): string | undefined => (typeof json.jobId === 'string' ? json.jobId : undefined);

/** Which image of its job a binary is: `images` says so when one item holds them all. */
function getImageIndex({ json }: OutputItem, { field }: DeliveredImage): number {
	const entry = (json.images as ImageEntry[] | undefined)?.find((image) => image.field === field);
	return Number(entry?.imageIndex ?? json.imageIndex ?? -1);
}

const toDeliveries = (item: OutputItem): Delivery[] =>
	item.images.map((image) => ({
		itemIndex: item.itemIndex,
		jobId: toJobId(item),
		imageIndex: getImageIndex(item, image),
		sha256: image.sha256,
	}));

/** A run that failed as a whole hands its input on when the node continues on failure: that is no delivery. */
const isOutput = ({ json }: OutputItem): boolean => json.status !== undefined;

export const findDeliveries = ({ items }: Outcome): Delivery[] => items.filter(isOutput).flatMap(toDeliveries);

/** Whether a delivery is of this job; an immediate answer names none, so there the item decides. */
export const isOf = (job: LedgerJob, { jobId, itemIndex }: Delivery): boolean =>
	jobId === undefined ? job.isImmediate && itemIndex === job.itemIndex : jobId === job.id;

/** Whether every image of a job arrived. */
export function isDelivered(job: LedgerJob, deliveries: Delivery[]): boolean {
	const own = deliveries.filter((delivery) => isOf(job, delivery));
	return job.images.length > 0 && job.images.every((sha256, index) => own.some((one) => one.imageIndex === index && one.sha256 === sha256));
}

/** Whether what n8n shows of a run names the job. */
export const namesJob = (outcome: Outcome | undefined, jobId: string): boolean =>
	outcome !== undefined && JSON.stringify([outcome.items, outcome.errorItems, outcome.error]).includes(jobId);
