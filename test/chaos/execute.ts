/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import '../engine/setup';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import sharp from 'sharp';

import { readBinary, runWorkflow, storeBinary } from '../engine/engine';
import type { EngineResult } from '../engine/engine';
import { setPace } from './pace';
import { holdsKey } from './secret';
import type { DeliveredImage, Outcome, OutputItem, Plan } from './types';
import { watchStalls } from './stalls';
import type { Stall } from './stalls';
import { toFailure, watchNode } from './watch';

const toSha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const paint = async (colour: string) =>
	await sharp({ create: { width: 48, height: 48, channels: 3, background: colour } })
		.png()
		.toBuffer();

async function toInput({ json, sources }: Plan['items'][number]): Promise<INodeExecutionData> {
	const binary: Record<string, IBinaryData> = {};
	for (const [index, colour] of sources.entries()) binary[`source${index}`] = await storeBinary(await paint(colour), 'image/png', 'a.png');
	return { json, binary };
}

async function toImages(item: INodeExecutionData): Promise<DeliveredImage[]> {
	const fields = Object.entries(item.binary ?? {});
	return await Promise.all(
		fields.map(async ([field, binary]) => {
			const bytes = await readBinary(binary);
			const { mimeType, fileName = '' } = binary;
			return { field, sha256: toSha256(bytes), bytes: bytes.length, mimeType, fileName };
		}),
	);
}

/** The item an output comes from; -1 when it does not say. */
function getItemIndex({ pairedItem }: INodeExecutionData): number {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : -1;
}

const toOutput = async (items: INodeExecutionData[]): Promise<OutputItem[]> =>
	await Promise.all(items.map(async (item) => ({ json: item.json, images: await toImages(item), itemIndex: getItemIndex(item) })));

/** Everything a run leaves behind, hidden properties of errors included. */
const dump = (value: unknown) =>
	inspect(value, { depth: 14, maxArrayLength: null, maxStringLength: null, showHidden: true, breakLength: Infinity });

const findSightings = (parts: Record<string, unknown>): string[] =>
	Object.entries(parts).flatMap(([name, part]) => (holdsKey(dump(part)) ? [name] : []));

type Watched = ReturnType<typeof watchNode>;
type Timing = Pick<Outcome, 'startedAt' | 'stoppedAt'>;

async function toOutcome(result: EngineResult, timing: Timing, { tries, thrown }: Watched, stalls: Stall[]): Promise<Outcome> {
	const { run, items, errorItems, error, hints } = result;
	const endedAt = Date.now();
	return {
		...timing,
		endedAt,
		status: run.status,
		items: await toOutput(items),
		errorItems: await toOutput(errorItems),
		error: error && toFailure(error),
		hints,
		tries,
		stalls,
		sightings: findSightings({ run: run.data.resultData, thrown, hints }),
	};
}

/** Presses Stop after a while, unless the run has ended by then. */
async function pressStop(plan: Plan, timing: Timing, stop: () => void): Promise<void> {
	if (plan.stopAfterMs === undefined) return;
	await sleep(plan.stopAfterMs, undefined, { ref: false });
	timing.stoppedAt = Date.now();
	stop();
}

/** Runs one execution through n8n's engine in this process. */
export async function execute(plan: Plan, baseUrl: string): Promise<Outcome> {
	setPace(plan.isCalm === true);
	const input = await Promise.all(plan.items.map(toInput));
	const watched = watchNode();
	const { stalls, end } = watchStalls();
	const timing: Timing = { startedAt: Date.now() };
	const { apiKey, parameters, settings, executionId } = plan;
	const result = await runWorkflow({
		...{ baseUrl, apiKey, parameters, settings, executionId, input },
		nodeTypes: { 'n8n-nodes-kyma.kymaImage': watched.node },
		onStart: (stop) => void pressStop(plan, timing, stop),
	});
	end();
	return await toOutcome(result, { ...timing }, watched, stalls);
}
