/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';

import { CHECKOUT } from '../e2e/host/pack';

const FOLDER = path.join(CHECKOUT, 'docs', 'images');
const LIMIT_BYTES = 200_000;
/** Lets what slides and fades come to rest. */
const REST_MS = 600;

type Area = { x: number; y: number; width: number; height: number };

/** Takes a picture of the screen, or of a part of it. */
export type TakePicture = (name: string, clip?: Area) => Promise<void>;

async function shrink(png: Buffer, file: string): Promise<void> {
	const { size } = await sharp(png).png({ palette: true, colours: 256, effort: 10 }).toFile(file);
	if (size > LIMIT_BYTES) throw new Error(`${path.basename(file)} has ${size} bytes, more than ${LIMIT_BYTES}`);
}

/** Pictures for the README in docs/images; without `isWanted` nothing is written, so that checks leave the tree as it is. */
export function createPictures(page: Page, isWanted: boolean): TakePicture {
	return async (name, clip) => {
		if (!isWanted) return;
		await mkdir(FOLDER, { recursive: true });
		await page.waitForTimeout(REST_MS);
		const png = await page.screenshot({ animations: 'disabled', caret: 'hide', clip });
		await shrink(png, path.join(FOLDER, `${name}.png`));
	};
}
