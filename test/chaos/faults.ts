import type { Fault, FaultKind, FaultPlace } from '../simulator';

/** A fault and the share of requests it strikes. */
export type FaultRow = Required<Pick<Fault, 'on' | 'kind' | 'name' | 'rate'>>;

const LAG_MS = 600;
/** Longer than any run waits: the images are fetched afterwards. */
const LONG_LAG_MS = 5_000;

type Rows = Array<[name: string, rate: number, kind: FaultKind]>;

const at = (on: FaultPlace, rows: Rows): FaultRow[] => rows.map(([name, rate, kind]) => ({ on, name: `${on}: ${name}`, rate, kind }));

const status = (code: number, more: object = {}): FaultKind => ({ type: 'status', status: code, ...more });

/** Answers that any route may give instead of its own. `elsewhere` is an address on a third host. */
const answers = (elsewhere: string): Rows => [
	['500', 0.02, status(500)],
	['502', 0.02, status(502)],
	['503 with Retry-After', 0.01, status(503, { retryAfter: 0.3 })],
	['429 with Retry-After', 0.03, status(429, { retryAfter: 0.2 })],
	['429 with a date', 0.01, status(429, { retryAfter: new Date(Date.now() + 1_000).toUTCString() })],
	['429 without Retry-After', 0.01, status(429)],
	['web page', 0.02, { type: 'html' }],
	['empty 200', 0.01, { type: 'empty' }],
	['empty 502', 0.01, { type: 'empty', status: 502 }],
	['other JSON', 0.01, { type: 'body', body: { ok: true, data: [] } }],
	['JSON null', 0.01, { type: 'body', body: null }],
	['reset before', 0.03, { type: 'resetBefore' }],
	['reset after', 0.03, { type: 'resetAfter' }],
	['hang', 0.01, { type: 'hang' }],
	['delay', 0.05, { type: 'delay', ms: 250 }],
	['redirect elsewhere', 0.01, { type: 'redirect', to: elsewhere }],
];

/** Refusals that end a job or a wait. */
const refusals: Rows = [400, 401, 402, 403, 404].map((code) => [String(code), 0.01, status(code)]);

/** Broken answers behind which a submit has created its job. */
const afterWork: Rows = [
	['500 after work', 0.02, status(500, { afterWork: true })],
	['502 page after work', 0.02, { type: 'html', status: 502, afterWork: true }],
	['page after work', 0.01, { type: 'html', afterWork: true }],
	['cut JSON', 0.03, { type: 'cutJson' }],
	['hang after work', 0.01, { type: 'hang', afterWork: true }],
	['empty 502 after work', 0.01, { type: 'empty', status: 502, afterWork: true }],
	['long delay', 0.01, { type: 'delay', ms: 2_000 }],
];

const ended = (word: string, more: object = {}): FaultKind => ({ type: 'job', status: word, ...more }) as FaultKind;

const SHAPES = ['url', 'urls', 'images-strings', 'images-objects', 'data-url', 'data-b64', 'duplicates'] as const;

/** What goes wrong with the job itself. */
const jobs: Rows = [
	['job failed', 0.03, ended('failed')],
	['job failed, plain error', 0.01, ended('failed', { error: 'Content policy' })],
	['job failed, no error', 0.01, ended('failed', { error: null })],
	['job refunded', 0.02, ended('refunded')],
	['job expired', 0.02, ended('expired')],
	['job cancelled', 0.02, ended('cancelled')],
	['job error', 0.02, ended('error')],
	['job of unknown status', 0.01, ended('paused')],
	['job processing for ever', 0.01, ended('processing')],
	['job pending for ever', 0.01, ended('pending')],
	['late output', 0.04, { type: 'lateOutput', ms: LAG_MS }],
	['very late output', 0.01, { type: 'lateOutput', ms: LONG_LAG_MS }],
	['output never shown', 0.01, { type: 'lateOutputForever' }],
	['not found at first', 0.04, { type: 'notFoundFor', ms: LAG_MS }],
	['not found for long', 0.01, { type: 'notFoundFor', ms: LONG_LAG_MS }],
	['immediate URL', 0.02, { type: 'immediate', shape: 'url' }],
	['immediate base64', 0.02, { type: 'immediate', shape: 'b64' }],
	['terminal answer', 0.04, { type: 'terminalAnswer' }],
	...SHAPES.map((shape): Rows[number] => [`shape ${shape}`, 0.02, { type: 'outputShape', shape }]),
];

const PAGE = '<!doctype html><html><body>Sign in</body></html>';
/** Beginnings of files that end where nothing in the transfer says they should not. */
const HALF_PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(3_000, 7)]);
const HALF_JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(3_000, 7)]);
const content = (contentType: string, body: string | Buffer): FaultKind => ({ type: 'content', contentType, body });

const images: Rows = [
	['403', 0.01, status(403)],
	['404', 0.02, status(404)],
	['page as image', 0.02, content('image/png', PAGE)],
	['JSON as image', 0.02, content('image/png', '{"error":"expired"}')],
	['no content', 0.02, content('image/png', '')],
	['half a PNG file', 0.02, content('image/png', HALF_PNG)],
	['half a JPEG file', 0.02, content('image/jpeg', HALF_JPEG)],
	['cut off', 0.03, { type: 'cutOff' }],
	['cut off near the end', 0.03, { type: 'cutOff', fraction: 0.98 }],
	['cut off, chunked', 0.03, { type: 'cutOffChunked' }],
	['cut off at once, chunked', 0.02, { type: 'cutOffChunked', fraction: 0 }],
	['slow', 0.03, { type: 'slow', bytesPerSecond: 50_000 }],
	['too slow', 0.01, { type: 'slow', bytesPerSecond: 200 }],
	['wrong type', 0.05, { type: 'wrongType', contentType: 'text/html' }],
	['redirect on the host', 0.03, { type: 'redirect', to: '?moved=1' }],
	['redirect to ftp', 0.01, { type: 'redirect', to: 'ftp://files.example.com/image.png' }],
	['307 on the host', 0.01, { type: 'redirect', to: '?again=1', status: 307 }],
];

const catalog: Rows = [
	['500', 0.1, status(500)],
	['web page', 0.1, { type: 'html' }],
	['other JSON', 0.05, { type: 'body', body: { media: 'soon' } }],
	['cut JSON', 0.1, { type: 'cutJson' }],
	['reset before', 0.1, { type: 'resetBefore' }],
];

/** Every fault of the simulator that a run can meet, each with the share of requests it strikes. */
export const listFaults = (elsewhere: string): FaultRow[] => [
	...at('submit', [...answers(elsewhere), ...refusals, ...afterWork, ...jobs]),
	...at('poll', [...answers(elsewhere), ...refusals, ['cut JSON', 0.03, { type: 'cutJson' }]]),
	...at('image', [...answers(elsewhere), ...images]),
	...at('pricing', catalog),
	...at('registry', catalog),
];
