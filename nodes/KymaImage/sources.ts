import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { describeContent, detectFormat } from '../shared/content';
import { raise, toKymaError } from '../shared/errors';
import type { Session } from '../shared/job';
import { toDigest } from '../shared/key';
import { throwIfStopped } from '../shared/retry';
import { readAll } from '../shared/stream';
import type { Sources } from '../shared/work';
import { invalid } from './parameters';
import type { Reader } from './parameters';

export const BINARY_FIELD = 'Input Data Field Name(s)';
export const URL_FIELD = 'URL(s)';

type SendBinaryAs = 'auto' | 'signedUrl' | 'dataUrl';
type Source = { url: string; digest: string };

/** Source files beyond this do not fit into one request. */
const MAX_SOURCE_BYTES = 64 * 1024 * 1024;
/** Kyma's runner gives up after five minutes, and a queued job may wait before that. */
const SIGNED_URL_LIFETIME = '2h';
/** No dot (a name of this network, IPv6), a local ending, a private address. */
const LOCAL_HOST = /^([^.]+|.+\.(local|localhost|internal|lan)|127\..+|10\..+|192\.168\..+|172\.(1[6-9]|2\d|3[01])\..+)$/;

const isBinary = (value: unknown): value is IBinaryData =>
	typeof value === 'object' && value !== null && 'mimeType' in value && ('data' in value || 'id' in value);

const toName = ({ fileName }: IBinaryData) => `"${fileName ?? 'the file'}"`;

/** Splits a typed list; a comma inside an address stays, unless another address follows it. */
const splitUrls = (text: string) => text.split(/[\s,]+(?=[a-z][a-z\d+.-]*:)/i).map((url) => url.replace(/^[\s,]+|[\s,]+$/g, ''));

/** @throws KymaError `parameter` when there is none, or when one is not an address */
export function readUrls(reader: Reader): string[] {
	const value = reader.value('imageUrls');
	const listed = Array.isArray(value) ? value.map(String) : splitUrls(reader.text('imageUrls'));
	const urls = listed.map((url) => url.trim()).filter(Boolean);
	if (urls.length === 0) throw invalid(URL_FIELD, 'it is empty, give the address of at least one image');
	const bad = urls.find((url) => !URL.canParse(url) || !/^(https?:|data:image\/)/i.test(url));
	if (bad !== undefined) throw invalid(URL_FIELD, `"${bad.slice(0, 100)}" is not an https address`);
	return urls;
}

/**
 * The binary files named by the parameter, or handed over by an expression as whole binary objects.
 * @throws KymaError `parameter` when there is none, or when the item has no such field
 */
export function readBinaries(context: IExecuteFunctions, reader: Reader, itemIndex: number): IBinaryData[] {
	const value = reader.value('binaryPropertyName');
	const entries = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value ?? ''];
	const wanted = entries.map((entry: unknown) => (isBinary(entry) ? entry : toFieldName(entry))).filter((entry) => entry !== '');
	if (wanted.length === 0) throw invalid(BINARY_FIELD, 'it is empty, name the field that holds the image, such as data');
	const fields = context.getInputData()[itemIndex]?.binary ?? {};
	return wanted.map((entry) => (typeof entry === 'string' ? findField(fields, entry) : entry));
}

/** @throws KymaError `parameter` for an object that is no file; the `$binary` of an expression lacks what is only in memory */
function toFieldName(entry: unknown): string {
	if (typeof entry !== 'object' && entry !== undefined) return String(entry).trim();
	throw invalid(
		BINARY_FIELD,
		'an expression gave neither a field name nor a file; of a file that n8n keeps in memory, give the field name',
	);
}

function findField(fields: Record<string, IBinaryData>, name: string): IBinaryData {
	const found = Object.hasOwn(fields, name) ? fields[name] : undefined;
	if (found) return found;
	const names = Object.keys(fields);
	const hint = names.length > 0 ? `it has ${names.map((known) => `"${known}"`).join(', ')}` : 'it has no files at all';
	throw invalid(BINARY_FIELD, `the input item has no file "${name}", ${hint}`);
}

/** @throws KymaError `parameter` when n8n does not give the file or it is too large, `canceled` */
async function readBytes({ context, signal }: Session, binary: IBinaryData): Promise<Buffer> {
	if (!binary.id) return Buffer.from(binary.data, 'base64');
	try {
		return await readAll(await (context as IExecuteFunctions).helpers.getBinaryStream(binary.id), MAX_SOURCE_BYTES, signal);
	} catch (caught) {
		throwIfStopped(signal, { charged: false });
		const isTooLarge = caught instanceof RangeError;
		const why = isTooLarge ? `is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB` : `could not be read, ${toKymaError(caught).message}`;
		return raise(invalid(BINARY_FIELD, `${toName(binary)} ${why}`));
	}
}

/** An address at which Kyma can fetch the file from this n8n; undefined when there is none that it could reach. */
function toSignedUrl({ context }: Session, binary: IBinaryData, isForced: boolean): string | undefined {
	const { helpers } = context as IExecuteFunctions;
	if (!binary.id || typeof helpers.createBinarySignedUrl !== 'function') return undefined;
	const url = helpers.createBinarySignedUrl(binary, SIGNED_URL_LIFETIME);
	const { protocol, hostname } = new URL(url);
	return isForced || (protocol === 'https:' && !LOCAL_HOST.test(hostname)) ? url : undefined;
}

/** One file as an address that the API takes. @throws KymaError `parameter` when it is not an image */
async function toSource(session: Session, binary: IBinaryData, sendAs: SendBinaryAs): Promise<Source> {
	const bytes = await readBytes(session, binary);
	const format = detectFormat(bytes);
	if (!format) throw invalid(BINARY_FIELD, `${toName(binary)} is not an image, ${describeContent(bytes)}`);
	const signed = sendAs === 'dataUrl' ? undefined : toSignedUrl(session, binary, sendAs === 'signedUrl');
	if (!signed && sendAs === 'signedUrl') {
		throw invalid('Send Binary As', 'this n8n keeps files in memory or is too old for signed URLs, choose Data URL');
	}
	return { url: signed ?? `data:${format.mimeType};base64,${bytes.toString('base64')}`, digest: toDigest(bytes) };
}

/** Kyma: `image_url` for one source, `image_urls` for several. */
const toFields = (urls: string[]): Sources['fields'] => (urls.length === 1 ? { image_url: urls[0] } : { image_urls: urls });

/** Loads binary sources when the job's turn has come, so that waiting jobs hold no files in memory. */
export const loadBinaries =
	(binaries: IBinaryData[], sendAs: SendBinaryAs) =>
	async (session: Session): Promise<Sources> => {
		const sources: Source[] = [];
		for (const binary of binaries) sources.push(await toSource(session, binary, sendAs));
		return { fields: toFields(sources.map(({ url }) => url)), digest: sources.map(({ digest }) => digest) };
	};

/** Addresses go to Kyma as they are. @throws KymaError `parameter` for plain http, which Kyma refuses */
export const loadUrls =
	(urls: string[]) =>
	async ({ account }: Session): Promise<Sources> => {
		const insecure = urls.find((url) => /^http:/i.test(url));
		if (insecure !== undefined && !account.allowsHttp) {
			throw invalid(URL_FIELD, `"${insecure.slice(0, 100)}" is plain http, Kyma takes https addresses`);
		}
		return { fields: toFields(urls), digest: urls };
	};
