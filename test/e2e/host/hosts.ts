/** The n8n releases that the package is run in. One row per release: what it takes to install and boot it. */
export type HostVersion = '2.41.1' | '2.0.3' | '1.123.81';

export const NEWEST_HOST: HostVersion = '2.41.1';

export type HostRecipe = {
	/** Major versions of Node.js it runs on. */
	node: { min: number; max: number };
	/** Dependencies that no longer install as that release asks for them. */
	overrides: Record<string, string>;
	/** Native modules: everything is installed without scripts, only these run theirs. */
	rebuild: readonly string[];
	/** Modules that call out or greet; a release refuses to start when one that it does not have is named. */
	disabledModules: readonly string[];
	/** What this release needs besides, or names differently. `url` is the public address. */
	env: (url: string) => Record<string, string>;
	typicalInstallMs: number;
	typicalRebuildMs: number;
};

export const HOSTS: Record<HostVersion, HostRecipe> = {
	'2.41.1': {
		node: { min: 24, max: 24 },
		overrides: { linkedom: '0.18.12' },
		rebuild: ['sqlite3', 'isolated-vm'],
		disabledModules: [
			'insights',
			'mcp',
			'mcp-registry',
			'chat-hub',
			'instance-ai',
			'agents',
			'external-secrets',
			'instance-version-history',
		],
		env: (url) => ({ N8N_WEBHOOK_URL: url }),
		typicalInstallMs: 210_000,
		typicalRebuildMs: 120_000,
	},
	'2.0.3': {
		node: { min: 20, max: 24 },
		overrides: { linkedom: '0.18.12', xlsx: '0.18.5' },
		rebuild: ['sqlite3'],
		disabledModules: ['insights', 'mcp', 'chat-hub', 'external-secrets'],
		env: (url) => ({ WEBHOOK_URL: url }),
		typicalInstallMs: 120_000,
		typicalRebuildMs: 90_000,
	},
	'1.123.81': {
		node: { min: 20, max: 24 },
		overrides: { linkedom: '0.18.12', xlsx: '0.18.5' },
		rebuild: ['sqlite3'],
		disabledModules: ['insights', 'mcp', 'chat-hub', 'external-secrets'],
		env: (url) => ({ WEBHOOK_URL: url, N8N_EXPRESSION_ENGINE: 'legacy' }),
		typicalInstallMs: 120_000,
		typicalRebuildMs: 90_000,
	},
};
