/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Page } from 'playwright-core';

import { readExampleFiles } from '../../e2e/host/dev-instance';
import { CHECKOUT } from '../../e2e/host/pack';
import type { Workflow } from '../../e2e/host/workflow';
import { SCREEN } from '../browser';
import { byTestId, dismissTip } from '../editor';
import type { Stage } from '../stage';

/** Shows the longest example at a size at which its notes can be read. */
const CANVAS_SCREEN = { width: 1600, height: 900 };
const MARGIN_PX = 24;
/** Buttons of the canvas, which would stand in the pictures. */
const BUTTONS = ['canvas-controls', 'execute-workflow-button', 'canvas-chat-button', 'workflow-chat-button', 'canvas-handle-plus-wrapper'];
const HIDE_BUTTONS = `${BUTTONS.map((id) => `[data-test-id=${id}]`).join(', ')} { visibility: hidden }`;

type Box = { name: string; left: number; top: number; right: number; bottom: number; cut: string[] };

/** Every node and note as it stands on the canvas, its label included, and what n8n cuts off of its text. */
async function readBoxes(page: Page): Promise<Box[]> {
	return await page.locator('.vue-flow__node').evaluateAll((nodes) =>
		nodes.map((node) => {
			const inner = [...node.querySelectorAll('*')].filter(
				(element) => !element.closest('button, [data-test-id=canvas-node-toolbar], .vue-flow__handle'),
			);
			const texts = inner.filter(({ children, textContent }) => children.length === 0 && textContent?.trim());
			const rects = [node, ...texts].map((element) => element.getBoundingClientRect());
			const isCut = inner.filter(
				(element) =>
					element.ownerDocument.defaultView?.getComputedStyle(element).overflow !== 'visible' &&
					(element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1),
			);
			return {
				name: node.textContent?.trim().slice(0, 40) ?? '',
				left: Math.min(...rects.map(({ left }) => left)),
				top: Math.min(...rects.map(({ top }) => top)),
				right: Math.max(...rects.map(({ right }) => right)),
				bottom: Math.max(...rects.map(({ bottom }) => bottom)),
				cut: isCut.map(({ textContent }) => textContent?.trim() ?? ''),
			};
		}),
	);
}

const overlap = (one: Box, other: Box) =>
	one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const listOverlaps = (boxes: Box[]) =>
	boxes.flatMap((one, index) =>
		boxes
			.slice(index + 1)
			.filter((other) => overlap(one, other))
			.map((other) => `${one.name} / ${other.name}`),
	);

/** All of the boxes, with some air around them. */
function frame(boxes: Box[]) {
	const x = Math.min(...boxes.map(({ left }) => left)) - MARGIN_PX;
	const y = Math.min(...boxes.map(({ top }) => top)) - MARGIN_PX;
	const width = Math.max(...boxes.map(({ right }) => right)) + MARGIN_PX - x;
	return { x, y, width, height: Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN_PX - y };
}

/** What "Import from File" in the menu of a workflow does. */
async function importFile({ page, n8n }: Stage, file: string): Promise<void> {
	await page.goto(`${n8n.url}/workflow/new`);
	await byTestId(page, 'workflow-import-input').setInputFiles(path.join(CHECKOUT, 'examples', `${file}.json`));
	await byTestId(page, 'sticky').first().waitFor();
}

async function openExample({ page, n8n, save }: Stage, workflow: Workflow): Promise<Box[]> {
	const { id } = await save(workflow);
	await page.goto(`${n8n.url}/workflow/${id}`);
	await byTestId(page, 'sticky').first().waitFor();
	await dismissTip(page);
	return await readBoxes(page);
}

async function showExample(stage: Stage, file: string, workflow: Workflow): Promise<void> {
	const { page, report, takePicture } = stage;
	await report.check(`the example "${workflow.name}" is imported from its file`, async () => {
		await importFile(stage, file);
		assert.equal(await page.locator('.vue-flow__node').count(), workflow.nodes.length);
	});
	await report.check(`the example "${workflow.name}" can be read on the canvas`, async () => {
		const boxes = await openExample(stage, workflow);
		assert.equal(boxes.length, workflow.nodes.length);
		const cut = boxes.flatMap((box) => box.cut);
		assert.deepEqual({ cut, overlaps: listOverlaps(boxes) }, { cut: [], overlaps: [] });
		await page.addStyleTag({ content: HIDE_BUTTONS });
		await takePicture(`example-${file}`, frame(boxes));
	});
}

/** Each example as somebody sees it who has just imported it. */
export async function showExamples(stage: Stage): Promise<void> {
	await stage.page.setViewportSize(CANVAS_SCREEN);
	for (const [file, workflow] of await readExampleFiles()) await showExample(stage, file, workflow);
	await stage.page.setViewportSize(SCREEN);
}
