const TYPES: Record<number, string> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	402: 'insufficient_credits',
	403: 'permission_error',
	404: 'not_found',
	429: 'rate_limit',
};

const CODES: Record<number, string> = {
	400: 'invalid_request',
	401: 'invalid_api_key',
	402: 'insufficient_credits',
	403: 'forbidden',
	404: 'not_found',
	429: 'rate_limit_exceeded',
};

export const errorCodeOf = (status: number): string => CODES[status] ?? (status >= 500 ? 'provider_error' : 'invalid_request');

export const errorTypeOf = (status: number): string => TYPES[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');

/** The body of every documented error. */
export const toErrorBody = (status: number, code: string, message: string, type?: string) => ({
	error: { message, type: type ?? errorTypeOf(status), code },
});

/** A request the API answers with an error body; thrown anywhere below a route. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly retryAfterSeconds?: number,
	) {
		super(message);
	}
}
