/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';

import { holdsKey } from './secret';
import type { Outcome, Plan } from './types';
import type { Order } from './worker';

type Report = { number: number; outcome?: Outcome; fault?: string };
/** Why a run brought nothing: its worker died. */
export const KILLED = 'killed';
type Waiting = (report: Report | typeof KILLED) => void;

type Worker = { child: ChildProcess; orders: Map<number, Waiting>; text: string };

export type Pool = {
	/** Runs a plan in one of the workers; `KILLED` when that worker died under it. `onSent` is given the way to kill it. */
	run: (plan: Plan, baseUrl: string, onSent: (kill: () => void) => void) => Promise<Outcome | typeof KILLED>;
	/** Where workers wrote the API key to their output. */
	listSightings: () => string[];
	close: () => void;
};

const SCRIPT = path.join(__dirname, 'worker.ts');

function listen(worker: Worker): void {
	const { child, orders } = worker;
	child.on('message', (report: Report) => {
		orders.get(report.number)?.(report);
		orders.delete(report.number);
	});
	child.on('exit', () => {
		for (const settle of orders.values()) settle(KILLED);
	});
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (worker.text += text.toString()));
}

function start(env: Record<string, string>): Worker {
	const child = fork(SCRIPT, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env }, silent: true });
	const worker = { child, orders: new Map<number, Waiting>(), text: '' };
	listen(worker);
	return worker;
}

const isAlive = ({ child }: Worker) => child.exitCode === null && child.signalCode === null && !child.killed;

/** Worker processes as n8n's queue mode has them: they share their settings, and a dead one is replaced. */
export function openPool(size: number, env: Record<string, string>): Pool {
	const all: Worker[] = [];
	let orders = 0;
	const open = () => all.push(start({ ...env, CHAOS_SEED: `${env.CHAOS_SEED ?? 1}${all.length}` }));
	const next = () => {
		while (all.filter(isAlive).length < size) open();
		return all.filter(isAlive).sort((a, b) => a.orders.size - b.orders.size)[0]!;
	};
	next();
	return {
		run: async (plan, baseUrl, onSent) => {
			const worker = next();
			const number = (orders += 1);
			const report = await new Promise<Report | typeof KILLED>((resolve) => {
				worker.orders.set(number, resolve);
				worker.child.send({ number, plan, baseUrl } satisfies Order);
				onSent(() => void worker.child.kill('SIGKILL'));
			});
			if (report === KILLED) return KILLED;
			if (report.outcome) return report.outcome;
			throw new Error(`The chaos worker itself failed: ${report.fault}`);
		},
		listSightings: () => all.flatMap(({ text }) => (holdsKey(text) ? [`worker output: ${text.slice(0, 200)}`] : [])),
		close: () => all.forEach(({ child }) => child.kill('SIGKILL')),
	};
}
