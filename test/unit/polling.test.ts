import fc from 'fast-check';

import { getPollingDelayMs, learnDuration } from '../../nodes/shared/polling';

type Job = { durationMs: number; typicalMs?: number; learnedMs?: number };

/** When a job of this length is looked at, in milliseconds since it was accepted, until a look finds it done; to a thousandth. */
function listLooks({ durationMs, ...known }: Job, random: () => number): number[] {
	const looks: number[] = [];
	let elapsedMs = 0;
	while (elapsedMs < durationMs || looks.length === 0) {
		elapsedMs += getPollingDelayMs({ elapsedMs, polls: looks.length, random: random(), ...known });
		looks.push(Math.round(elapsedMs * 1_000) / 1_000);
	}
	return looks;
}

/** Rounded to a thousandth: sums of fractions are not exact. */
const toGaps = (looks: number[]) => looks.slice(1).map((look, index) => Math.round((look - (looks[index] ?? 0)) * 1_000) / 1_000);

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const milliseconds = (max: number) => fc.integer({ min: 0, max });
const job = fc.record(
	{ durationMs: milliseconds(300_000), typicalMs: milliseconds(120_000), learnedMs: milliseconds(300_000) },
	{ requiredKeys: ['durationMs'] },
);

test('a new job is first looked at after 50 to 250 ms, unless the run knows better', () => {
	fc.assert(
		fc.property(milliseconds(120_000), share, (typicalMs, random) => {
			const delayMs = getPollingDelayMs({ typicalMs, elapsedMs: 0, polls: 0, random });
			expect(delayMs).toBeGreaterThanOrEqual(50);
			expect(delayMs).toBeLessThanOrEqual(250);
		}),
	);
});

test('two looks at one job are at least a second apart, whatever is known about it', () => {
	fc.assert(
		fc.property(job, share, (known, random) => {
			expect(toGaps(listLooks(known, () => random)).filter((gapMs) => gapMs < 1_000)).toEqual([]);
		}),
	);
});

test('a job of d seconds is looked at no more than d + 2 times while it takes up to 30 seconds', () => {
	fc.assert(
		fc.property(milliseconds(30_000), share, (durationMs, random) => {
			expect(listLooks({ durationMs }, () => random).length).toBeLessThanOrEqual(durationMs / 1_000 + 2);
		}),
	);
});

test('a job nothing is known of is found done within 1.02 seconds of its end, within 2 after half a minute', () => {
	fc.assert(
		fc.property(milliseconds(120_000), share, (durationMs, random) => {
			const lateMs = (listLooks({ durationMs }, () => random).at(-1) ?? Infinity) - durationMs;
			expect(lateMs).toBeLessThanOrEqual(durationMs < 30_000 ? 1_020 : 2_000);
		}),
	);
});

test.each([
	[0, 1_000, 1_020],
	[29_999, 1_000, 1_020],
	[30_000, 2_000, 2_000],
	[200_000, 2_000, 2_000],
])('after %d ms the looks are %d to %d ms apart', (elapsedMs, least, most) => {
	expect([0, 1].map((random) => getPollingDelayMs({ elapsedMs, polls: 5, random }))).toEqual([least, most]);
});

test('after a quiet time of half a minute at most two looks are never more than 2 seconds apart, whatever is known', () => {
	fc.assert(
		fc.property(job, share, (known, random) => {
			const looks = listLooks(known, () => random);
			expect(looks[0]).toBeLessThanOrEqual(30_000);
			expect((looks[1] ?? 0) - (looks[0] ?? 0)).toBeLessThanOrEqual(30_000);
			expect(toGaps(looks.slice(1)).filter((gapMs) => gapMs > 2_000)).toEqual([]);
		}),
	);
});

test('a job whose time this run has learned is found done by a look right after its end', () => {
	fc.assert(
		fc.property(milliseconds(14_999), share, (durationMs, random) => {
			fc.pre(durationMs > 2_500);
			const looks = listLooks({ durationMs, learnedMs: durationMs }, () => random);
			expect((looks.at(-1) ?? Infinity) - durationMs).toBeLessThanOrEqual(70);
		}),
	);
});

test('a job whose time this run has learned is left alone for the first part of it', () => {
	const looks = listLooks({ durationMs: 3_000, learnedMs: 3_000 }, () => 0.5);
	expect(looks).toEqual([1_212, 3_022.5]);
	expect(listLooks({ durationMs: 100, learnedMs: 100 }, () => 0)[0]).toBe(50);
});

test('a model that takes long is left alone for the first part of its time', () => {
	const looks = listLooks({ durationMs: 60_000, typicalMs: 60_000 }, () => 0.5);
	expect(looks[1]).toBe(24_240);
	expect(
		toGaps(looks)
			.slice(1)
			.every((gapMs) => gapMs <= 2_000),
	).toBe(true);
});

test('what the run has learned counts more than what the model typically takes', () => {
	expect(getPollingDelayMs({ elapsedMs: 2_150, polls: 1, typicalMs: 60_000, learnedMs: 5_000, random: 0 })).toBe(1_000);
});

test('of jobs of one kind the shortest time is learned, one that stood in the queue teaches nothing', () => {
	const learned = new Map<string, number>();
	for (const elapsedMs of [9_000, 5_000, 60_000]) learnDuration(learned, 'nano-banana', elapsedMs);
	learnDuration(learned, 'gpt-image-2 high', 70_000);
	expect([...learned]).toEqual([
		['nano-banana', 5_000],
		['gpt-image-2 high', 70_000],
	]);
});

test('no delay is anything but a positive number, whatever is known', () => {
	fc.assert(
		fc.property(job, milliseconds(400_000), fc.nat({ max: 400 }), share, (known, elapsedMs, polls, random) => {
			const delayMs = getPollingDelayMs({ ...known, elapsedMs, polls, random });
			expect(Number.isFinite(delayMs) && delayMs >= 50).toBe(true);
		}),
	);
});
