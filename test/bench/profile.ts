/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector';

import type { CpuShares } from './types';

/** Microseconds between two samples. */
const SAMPLING_US = 200;

/** Runs `work` under the V8 profiler. */
export async function profile(work: () => Promise<void>): Promise<Profiler.Profile> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_US });
	await session.post('Profiler.start');
	await work();
	const { profile: taken } = await session.post('Profiler.stop');
	session.disconnect();
	return taken;
}

type Owner = 'ours' | 'n8n' | 'harness' | 'caller' | 'idle' | 'garbageCollector';

/** Who a frame belongs to. Node.js, native code and zod work for whoever calls them. */
function toOwner({ functionName, url }: Profiler.ProfileNode['callFrame'], builtDir: string): Owner {
	if (functionName === '(idle)') return 'idle';
	if (functionName === '(garbage collector)') return 'garbageCollector';
	if (url.includes(builtDir)) return 'ours';
	if (url === '' || url.startsWith('node:') || url.includes('/node_modules/zod/')) return 'caller';
	return url.includes('/node_modules/') ? 'n8n' : 'harness';
}

/** Milliseconds spent in each node of the tree itself. */
function toSelfMs({ samples = [], timeDeltas = [] }: Profiler.Profile): Map<number, number> {
	const selfMs = new Map<number, number>();
	samples.forEach((id, index) => selfMs.set(id, (selfMs.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000));
	return selfMs;
}

const toParents = ({ nodes }: Profiler.Profile): Map<number, Profiler.ProfileNode> =>
	new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));

const toFile = (url: string, builtDir: string) => url.slice(url.indexOf(builtDir) + builtDir.length + 1);

/**
 * Self time by owner. What Node.js, native code and zod do for one of our functions counts as ours, so that work does
 * not disappear by being handed on; what n8n and axios do counts as n8n's.
 */
export function toCpuShares(taken: Profiler.Profile, builtDir: string): CpuShares {
	const selfMs = toSelfMs(taken);
	const parents = toParents(taken);
	const shares: CpuShares = { ours: 0, oursSelf: 0, n8n: 0, node: 0, garbageCollector: 0, byFile: {} };
	for (const node of taken.nodes) {
		const ms = selfMs.get(node.id) ?? 0;
		const own = toOwner(node.callFrame, builtDir);
		let caller: Profiler.ProfileNode | undefined = node;
		while (caller && toOwner(caller.callFrame, builtDir) === 'caller') caller = parents.get(caller.id);
		const owner = caller ? toOwner(caller.callFrame, builtDir) : 'caller';
		if (own === 'ours') shares.oursSelf += ms;
		if (owner === 'caller') shares.node += ms;
		if (owner === 'n8n' || owner === 'garbageCollector') shares[owner] += ms;
		if (owner !== 'ours' || !caller) continue;
		shares.ours += ms;
		const file = toFile(caller.callFrame.url, builtDir);
		shares.byFile[file] = (shares.byFile[file] ?? 0) + ms;
	}
	return shares;
}
