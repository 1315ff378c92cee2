/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

/** Writes a Markdown or JSON file as `npm run format` would leave it, wherever it lies. */
export async function writeFormatted(file: string, text: string): Promise<void> {
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, await format(text, { ...(await resolveConfig(__filename)), filepath: file }));
}
