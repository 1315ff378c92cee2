import { max, median, min } from 'simple-statistics';

/** Several runs of the same thing. */
export type Stat = { median: number; min: number; max: number; runs: number };

const round = (value: number) => Number(value.toPrecision(6));

/** @throws Error without a value */
export const summarize = (values: number[]): Stat => ({
	median: round(median(values)),
	min: round(min(values)),
	max: round(max(values)),
	runs: values.length,
});
