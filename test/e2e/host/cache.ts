/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { withLock } from './lock';

const MARKER = '.complete.json';

/**
 * Where installations live: `KYMA_N8N_CACHE`, or `~/.cache/n8n-nodes-kyma`. Outside the checkout, so that
 * a second run and a fresh clone find them again.
 */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
	return path.resolve(env.KYMA_N8N_CACHE || path.join(homedir(), '.cache', 'n8n-nodes-kyma'));
}

const fingerprint = (recipe: unknown): string => createHash('sha256').update(JSON.stringify(recipe)).digest('hex');

/** Whether `dir` holds a complete installation made from exactly this recipe. */
export async function isComplete(dir: string, recipe: unknown): Promise<boolean> {
	const marker = await readFile(path.join(dir, MARKER), 'utf8').catch(() => '');
	return marker !== '' && (JSON.parse(marker) as { recipe: string }).recipe === fingerprint(recipe);
}

async function markComplete(dir: string, recipe: unknown): Promise<void> {
	const marker = path.join(dir, MARKER);
	const content = { recipe: fingerprint(recipe), completedAt: new Date().toISOString() };
	await writeFile(`${marker}.tmp`, JSON.stringify(content));
	await rename(`${marker}.tmp`, marker);
}

/**
 * Makes sure that `dir` holds what `install` makes from `recipe`. An installation that was interrupted, or
 * made from another recipe, is removed and made anew; two processes never install at the same time.
 */
export async function ensureInstalled(dir: string, recipe: unknown, install: () => Promise<void>, onWait?: () => void): Promise<void> {
	if (await isComplete(dir, recipe)) return;
	const installUnlessDone = async () => {
		if (await isComplete(dir, recipe)) return;
		await rm(dir, { recursive: true, force: true });
		await mkdir(dir, { recursive: true });
		await install();
		await markComplete(dir, recipe);
	};
	await withLock(path.join(cacheRoot(), 'locks', `${path.basename(dir)}.lock`), installUnlessDone, onWait);
}
