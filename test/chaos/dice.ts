import { createRandom, seedOf } from '../simulator/random';

/** Choices from one seeded generator. */
export type Dice = {
	chance: (share: number) => boolean;
	/** A whole number, both ends included. */
	between: (from: number, to: number) => number;
	pick: <T>(choices: readonly T[]) => T;
};

/** The choices of one subject under one seed do not depend on what else is chosen. */
export function createDice(seed: number, subject: string): Dice {
	const random = createRandom(seedOf(`${seed} ${subject}`));
	const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
	return {
		chance: (share) => random() < share,
		between,
		pick: (choices) => choices[between(0, choices.length - 1)]!,
	};
}
