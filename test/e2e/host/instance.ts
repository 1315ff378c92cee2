import { randomBytes } from 'node:crypto';
import { startN8n, type RunningN8n, type StartOptions } from './boot';
import { currentTarball, installPackage } from './pack';
import { createClient, type N8nClient, type Owner, type SavedCredential } from './rest';
import { makeTempFolder } from './temp';
import { KYMA_CREDENTIAL_TYPE } from './workflow';

/** n8n wants at least eight characters, a digit and a capital. */
export const generatePassword = (): string => `${randomBytes(9).toString('base64url')}K1`;

/** Of every instance that this process starts; the password is new each time. */
export const TEST_OWNER: Owner = { email: 'owner@example.com', password: generatePassword() };
export const CREDENTIAL_NAME = 'Kyma API';

export type KymaAccess = { baseUrl: string; apiKey: string };

export type Instance = {
	n8n: RunningN8n;
	client: N8nClient;
	credential: SavedCredential;
	/** For `importWorkflow`. */
	credentials: Record<string, SavedCredential>;
	stop: () => Promise<void>;
};

/** Logs in (setting up the owner first where there is none) and saves the credential "Kyma API". */
export async function provision(client: N8nClient, owner: Owner, { baseUrl, apiKey }: KymaAccess): Promise<SavedCredential> {
	await client.setupOwner(owner);
	return await client.saveCredential({
		name: CREDENTIAL_NAME,
		type: KYMA_CREDENTIAL_TYPE,
		data: { apiKey, baseUrl },
	});
}

/** An n8n with our package as users install it, an owner who is logged in, and a Kyma credential. */
export async function startInstance(access: KymaAccess, options: StartOptions & { tarball?: string } = {}): Promise<Instance> {
	const folder = options.userFolder ? undefined : await makeTempFolder('kyma-n8n-');
	const userFolder = options.userFolder ?? folder?.path ?? '';
	await installPackage(options.tarball ?? (await currentTarball()), userFolder);
	const n8n = await startN8n({ ...options, userFolder });
	const client = createClient(n8n.url);
	const credential = await provision(client, TEST_OWNER, access);
	const stop = async () => {
		await n8n.stop();
		await folder?.remove();
	};
	return { n8n, client, credential, credentials: { [KYMA_CREDENTIAL_TYPE]: credential }, stop };
}
