import type { RecordedRequest } from '../simulator';
import { holdsKey } from './secret';

/** The API may see the key in one place only: the Authorization header. */
function toForbiddenText({ host, path, body, headers }: RecordedRequest): string {
	const { authorization, ...others } = headers;
	return JSON.stringify([path, body, host === 'api' ? others : { authorization, ...others }]);
}

/** Where the key was seen outside the Authorization header of requests to the API. */
export function findRequestSightings(requests: readonly RecordedRequest[], elsewhere: readonly string[]): string[] {
	return [
		...requests.flatMap((request) =>
			holdsKey(toForbiddenText(request)) ? [`${request.host} host: ${request.method} ${request.path.slice(0, 80)}`] : [],
		),
		...elsewhere.flatMap((text) => (holdsKey(text) ? [`redirect target: ${text.slice(0, 80)}`] : [])),
	];
}
