/**
 * Ends what a driver leaves behind. The driver writes "+<pgid>" and "-<pgid>" lines to our standard
 * input; when that pipe closes (the driver ended, even by SIGKILL) each group still listed is ended:
 * politely first, for good two seconds later.
 */
import { createInterface } from 'node:readline';

const POLITE_MS = 2_000;
const CHECK_MS = 50;
const groups = new Set();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const signalGroups = (signal) => {
	for (const group of groups) {
		try {
			process.kill(-group, signal);
		} catch {
			groups.delete(group);
		}
	}
};

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
	const group = Number(line.slice(1));
	if (!Number.isInteger(group) || group <= 1) return;
	if (line.startsWith('+')) groups.add(group);
	else groups.delete(group);
});
lines.on('close', () => {
	const deadline = Date.now() + POLITE_MS;
	signalGroups('SIGTERM');
	setInterval(() => {
		signalGroups(Date.now() < deadline ? 0 : 'SIGKILL');
		if (groups.size === 0 || Date.now() > deadline) process.exit(0);
	}, CHECK_MS);
});
