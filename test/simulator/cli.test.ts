/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { call } from './driver';
import type { Simulator } from './types';

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).map((child) => child.kill('SIGKILL')));

const CLI = ['--import', 'tsx', 'test/simulator/cli.ts', '--port', '0', '--image-port', '0'];

function start(...options: string[]) {
	const child = spawn(process.execPath, [...CLI, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
	children.push(child);
	return child;
}

test('it prints its addresses as JSON, takes a fault, and stops on Ctrl-C', async () => {
	const fault = '{"on":"limits","kind":{"type":"status","status":500}}';
	const child = start('--json', '--key', 'ky-mine', '--speed', '0', '--fault', fault);
	const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
	const remote = JSON.parse(line) as Simulator;
	expect(Object.keys(remote)).toEqual(['url', 'origin', 'imageOrigin', 'apiKey']);
	expect(remote.apiKey).toBe('ky-mine');
	expect((await call(remote, '/v1/auth/limits')).status).toBe(500);
	expect((await call(remote, '/v1/auth/limits')).status).toBe(200);
	child.kill('SIGINT');
	expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
	[['--tier', '9'], 'A tier is 0, 1, 2, 3 or 4'],
	[['--fault', '{"on":"poll","kind":{"type":"htm"}}'], 'Not a fault: kind.type'],
	[['--long-side', '0'], 'imageLongSidePx'],
])('%j ends it with a sentence', async (options, sentence) => {
	const child = start(...options);
	const [text] = (await once(child.stderr, 'data')) as [Buffer];
	expect(text.toString()).toContain(sentence);
	expect(await once(child, 'exit')).toEqual([1, null]);
});
