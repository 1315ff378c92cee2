/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { connect } from 'node:net';

import { LOOPBACK } from '../../e2e/host/env';
import type { GroupLeader } from '../../e2e/host/processes';
import { tail } from '../../e2e/host/run';

const READY_WITHIN_MS = 30_000;
const POLL_MS = 50;

/** A server of the installation: it can go away and come back on the same port, with the data it had. */
export type Service = {
	port: number;
	pid: () => number;
	/** Ends it as if its machine were lost. */
	crash: () => Promise<void>;
	/** Ends it in an orderly way. */
	halt: () => Promise<void>;
	/** Starts it again; resolves when it takes connections. */
	start: () => Promise<void>;
	/** Ends it for good and removes its data. */
	stop: () => Promise<void>;
};

const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

const takesConnection = async (port: number): Promise<boolean> =>
	await new Promise((resolve) => {
		const socket = connect({ port, host: LOOPBACK });
		const settle = (isOpen: boolean) => {
			socket.destroy();
			resolve(isOpen);
		};
		socket.once('connect', () => settle(true));
		socket.once('error', () => settle(false));
	});

/** @throws Error with the end of the server's output when it ends first or takes no connection in time */
export async function untilReady(child: GroupLeader, port: number, name: string): Promise<void> {
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8_000)));
	const deadline = Date.now() + READY_WITHIN_MS;
	while (!(await takesConnection(port))) {
		const hasEnded = child.exitCode !== null || child.signalCode !== null;
		if (hasEnded || Date.now() > deadline) throw new Error(`${name} did not start:\n${tail(output, 15)}`);
		await sleep(POLL_MS);
	}
}

export async function untilExited(child: GroupLeader): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	await new Promise<void>((resolve) => child.once('exit', () => resolve()));
}
