import { spawnGroup } from './processes';

export type RunOptions = {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** What to add to the message when the command fails: what the reader can do about it. */
	hint?: string;
};

const TAIL_LINES = 40;

/** The last lines of a command's output: enough to see why it failed. */
export function tail(text: string, lines = TAIL_LINES): string {
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * Runs a command to its end and returns what it wrote to standard output.
 * @throws Error with the end of its output when it cannot be started or ends with another code than 0.
 */
export async function run(command: string, args: readonly string[], { cwd, env, hint }: RunOptions = {}): Promise<string> {
	const child = spawnGroup(command, args, { cwd, env });
	let stdout = '';
	let everything = '';
	child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
	child.stdout.on('data', (chunk: Buffer) => (everything += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (everything += chunk.toString()));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', resolve);
	});
	if (code === 0) return stdout;
	const commandLine = [command, ...args].join(' ');
	const advice = hint ? `\n${hint}` : '';
	throw new Error(`"${commandLine}" ended with code ${code}:\n${tail(everything)}${advice}`);
}
