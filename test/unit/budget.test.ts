import fc from 'fast-check';

import { createBudget } from '../../nodes/shared/budget';
import type { Reservation } from '../../nodes/shared/budget';
import type { KymaError } from '../../nodes/shared/errors';

const getError = (work: () => unknown): KymaError | undefined => {
	try {
		work();
		return undefined;
	} catch (error) {
		return error as KymaError;
	}
};

test('without a limit everything is allowed', () => {
	expect(getError(() => createBudget().reserve(1e9))).toBeUndefined();
});

test('the job that would cross the limit is refused, with both amounts and nothing charged', () => {
	const budget = createBudget(0.1);
	budget.reserve(0.046);
	budget.reserve(0.046);
	const error = getError(() => budget.reserve(0.046));
	expect(error).toMatchObject({ kind: 'overBudget', charged: false, facts: { limitUsd: 0.1 } });
	expect(error?.facts.amountUsd).toBeCloseTo(0.138);
});

test('a refused job takes nothing from the budget, a cheaper one still fits', () => {
	const budget = createBudget(0.1);
	getError(() => budget.reserve(0.405));
	expect(getError(() => budget.reserve(0.1))).toBeUndefined();
});

test('a limit of nothing allows nothing that costs', () => {
	expect(getError(() => createBudget(0).reserve(0.005))?.kind).toBe('overBudget');
});

test.each([
	[0.3, [0.1, 0.1, 0.1]],
	[0.3, [0.1, 0.2]],
	[1, Array<number>(10).fill(0.1)],
	[0.46, Array<number>(10).fill(0.046)],
])('a limit of $%d takes %j to the cent', (limitUsd, prices) => {
	const budget = createBudget(limitUsd);
	expect(getError(() => prices.forEach((price) => budget.reserve(price)))).toBeUndefined();
	expect(getError(() => budget.reserve(0.001))?.kind).toBe('overBudget');
});

test('a refunded job gives its price back', () => {
	const budget = createBudget(0.1);
	budget.reserve(0.1).settle(0);
	expect(getError(() => budget.reserve(0.1))).toBeUndefined();
});

test('the hold that Kyma placed counts instead of the estimate', () => {
	const budget = createBudget(0.1);
	budget.reserve(0.101 - 0.001).hold(0.04);
	expect(getError(() => budget.reserve(0.06))).toBeUndefined();
});

test('a job that reports neither hold nor charge keeps its estimate', () => {
	const budget = createBudget(0.1);
	const reservation = budget.reserve(0.08);
	reservation.hold(null);
	reservation.settle(null);
	expect(getError(() => budget.reserve(0.03))?.kind).toBe('overBudget');
});

test('a job that costs more than it was estimated uses up the budget of the next', () => {
	const budget = createBudget(0.1);
	budget.reserve(0.04).settle(0.101);
	expect(getError(() => budget.reserve(0.001))?.kind).toBe('overBudget');
});

const usd = fc.integer({ min: 0, max: 500 }).map((thousandths) => thousandths / 1_000);
const step = fc.record({ price: usd, job: fc.nat({ max: 5 }), ends: fc.constantFrom('reserve', 'hold', 'settle', 'refund') });

test('the sum of what is reserved, held and charged decides about every job, in any order of events', () => {
	fc.assert(
		fc.property(usd, fc.array(step, { maxLength: 40, size: 'max' }), (limitUsd, steps) => {
			const budget = createBudget(limitUsd);
			const jobs: Array<{ reservation: Reservation; costUsd: number }> = [];
			for (const { price, job, ends } of steps) {
				const known = jobs[job];
				const totalUsd = jobs.reduce((sum, { costUsd }) => sum + costUsd, 0);
				if (ends === 'reserve') {
					const fits = totalUsd + price <= limitUsd + 1e-6;
					expect(getError(() => jobs.push({ reservation: budget.reserve(price), costUsd: price })) === undefined).toBe(fits);
				} else if (known) {
					known.costUsd = ends === 'refund' ? 0 : price;
					if (ends === 'hold') known.reservation.hold(known.costUsd);
					else known.reservation.settle(known.costUsd);
				}
			}
		}),
	);
});
