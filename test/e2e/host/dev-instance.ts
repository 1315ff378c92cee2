/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheRoot } from './cache';
import { NEWEST_HOST, type HostVersion } from './hosts';
import { generatePassword } from './instance';
import { CHECKOUT } from './pack';

import type { N8nClient, Owner } from './rest';
import { RestError } from './session';
import type { CredentialReference, SavedWorkflow, Workflow } from './workflow';

/** What is made once per user folder and must stay the same: without its key n8n cannot read its credentials. */
export type DevInstance = { userFolder: string; owner: Owner; encryptionKey: string };

const OWNER_EMAIL = 'owner@example.com';

export function devInstanceFolder(version: HostVersion): string {
	const name = version === NEWEST_HOST ? 'dev-instance' : `dev-instance-${version}`;
	return path.join(cacheRoot(), name);
}

/** The instance of an earlier start, with its workflows and executions, or a new one. */
export async function openDevInstance(version: HostVersion): Promise<DevInstance> {
	const userFolder = devInstanceFolder(version);
	const file = path.join(userFolder, 'instance.json');
	const saved = await readFile(file, 'utf8').catch(() => undefined);
	if (saved) return { ...(JSON.parse(saved) as Omit<DevInstance, 'userFolder'>), userFolder };
	const created = {
		owner: { email: OWNER_EMAIL, password: generatePassword() },
		encryptionKey: randomBytes(24).toString('hex'),
	};
	await mkdir(userFolder, { recursive: true });
	await writeFile(file, JSON.stringify(created, null, 2), { mode: 0o600 });
	return { ...created, userFolder };
}

/** Reads `examples/*.json` by their file names without extension, in that order; none when there is no such folder. */
export async function readExampleFiles(): Promise<Array<[file: string, workflow: Workflow]>> {
	const folder = path.join(CHECKOUT, 'examples');
	const names = await readdir(folder).catch(() => []);
	const files = names.filter((name) => name.endsWith('.json')).sort();
	const read = async (name: string) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Workflow;
	return await Promise.all(files.map(async (name) => [path.basename(name, '.json'), await read(name)] as [string, Workflow]));
}

export const readExamples = async (): Promise<Workflow[]> => (await readExampleFiles()).map(([, workflow]) => workflow);

/** Triggers that run only when somebody calls them: safe to switch on, even where images cost money. */
const CALLED_TRIGGERS = /\.(webhook|formTrigger|chatTrigger)$/;

const waitsForCall = ({ nodes }: Workflow): boolean => nodes.some(({ type, disabled }) => !disabled && CALLED_TRIGGERS.test(type));

/** A node that needs a credential which only the user has, such as the key of a chat model. */
const findLocked = ({ nodes }: Workflow) => nodes.find(({ credentials = {} }) => Object.values(credentials).some(({ id }) => id === ''));

/**
 * Imports the example workflows, or brings the ones that are there up to date, and activates those that wait
 * for a call. `warn` hears about one that cannot be activated; the others still are.
 */
export async function importExamples(
	client: N8nClient,
	credentials: Record<string, CredentialReference>,
	warn: (message: string) => void,
): Promise<SavedWorkflow[]> {
	const imported: SavedWorkflow[] = [];
	for (const example of await readExamples()) {
		const workflow = await client.importWorkflow(example, credentials);
		imported.push(workflow);
		if (!waitsForCall(workflow)) continue;
		const locked = findLocked(workflow);
		if (locked) {
			warn(`"${workflow.name}" waits for you: give its node "${locked.name}" a credential, then publish it`);
			continue;
		}
		await client.activate(workflow).catch((error: Error) => {
			warn(`"${workflow.name}" is not active: ${error instanceof RestError ? error.reason : error.message}`);
		});
	}
	return imported;
}
