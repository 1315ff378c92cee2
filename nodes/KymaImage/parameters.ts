import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { KymaError } from '../shared/errors';

/** A parameter whose value makes no sense; `field` is its label in the panel. */
export const invalid = (field: string, reason: string) => new KymaError('parameter', { field, reason });

/** Reads parameters of one item. Labels are those of the panel, so that an error names what the user sees. */
export type Reader = {
	value: (name: string) => unknown;
	text: (name: string) => string;
	option: (name: string) => unknown;
	hasOption: (name: string) => boolean;
	/** @throws KymaError `parameter` when it is set and not a number in the range */
	numberOption: (name: string, label: string, range: { min: number; max?: number; isInteger?: boolean }) => number | undefined;
	textOption: (name: string) => string | undefined;
	flagOption: (name: string, fallback: boolean) => boolean;
};

const describeRange = ({ min, max, isInteger }: { min: number; max?: number; isInteger?: boolean }) =>
	`${isInteger ? 'a whole number' : 'a number'} ${max === undefined ? `of at least ${min}` : `from ${min} to ${max}`}`;

const isAbsent = (value: unknown) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const toText = (value: unknown): string => (isAbsent(value) ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

export function createReader(context: IExecuteFunctions, itemIndex: number): Reader {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const value = (name: string) => context.getNodeParameter(name, itemIndex, '', { extractValue: true }) as unknown;
	return {
		value,
		text: (name) => toText(value(name)),
		option: (name) => options[name],
		hasOption: (name) => Object.hasOwn(options, name),
		numberOption: (name, label, range) => {
			if (isAbsent(options[name])) return undefined;
			const number = Number(options[name]);
			const fits = Number.isFinite(number) && number >= range.min && number <= (range.max ?? Infinity);
			if (fits && (!range.isInteger || Number.isInteger(number))) return number;
			throw invalid(label, `"${toText(options[name])}" is not ${describeRange(range)}`);
		},
		textOption: (name) => toText(options[name]).trim() || undefined,
		flagOption: (name, fallback) => (isAbsent(options[name]) ? fallback : options[name] === true || options[name] === 'true'),
	};
}
