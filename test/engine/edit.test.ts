import type { IBinaryData } from 'n8n-workflow';
import sharp from 'sharp';

import { readBinary, storeBinary } from './engine';
import { byId, continueOnFail, edit, editBinary, useSimulator } from './kyma';

const bench = useSimulator();
const { run } = bench;

const paint = async (colour: string) =>
	await sharp({ create: { width: 96, height: 96, channels: 3, background: colour } })
		.png()
		.toBuffer();
const toInput = async (fields: Record<string, string>) => {
	const entries = await Promise.all(
		Object.entries(fields).map(
			async ([name, colour]) => [name, await storeBinary(await paint(colour), 'image/png', `${name}.png`)] as const,
		),
	);
	return [{ json: {}, binary: Object.fromEntries(entries) }];
};
const sent = () => bench.kyma.requests.find(({ route }) => route === 'submit')?.body as Record<string, unknown>;
const several = { model: byId('flux-2-pro') };

/** The middle of an image, as mean levels: the simulator changes the very pixels it was sent, and writes beside them. */
const getMiddle = async (bytes: Buffer) => {
	const { width, height } = await sharp(bytes).metadata();
	const middle = { left: Math.floor(width * 0.4), top: Math.floor(height * 0.4), width: 16, height: 16 };
	return (
		await sharp(bytes)
			.extract(middle)
			.toBuffer()
			.then(async (crop) => await sharp(crop).stats())
	).channels.map(({ mean }) => Math.round(mean));
};

test('a binary source travels as a data URL to an API that cannot reach this n8n, and comes back changed', async () => {
	const { items, error } = await run(editBinary('data'), { input: await toInput({ data: '#ff0000' }) });
	expect(error).toBeUndefined();
	expect(sent().image_url).toBe(`data:image/png;base64,${(await paint('#ff0000')).toString('base64')}`);
	expect(bench.kyma.jobs[0]?.sources).toMatchObject([{ ok: true }]);
	expect(await readBinary(items[0]?.binary?.data)).toEqual(await bench.kyma.imageFor(items[0]?.json.jobId as string));
});

test('the pixels of the result come from the source: two sources give two results, one source one', async () => {
	const red = await run(editBinary('data'), { input: await toInput({ data: '#ff0000' }) });
	const blue = await run(editBinary('data'), { input: await toInput({ data: '#0000ff' }), executionId: '2' });
	const again = await run(editBinary('data'), { input: await toInput({ data: '#ff0000' }), executionId: '3' });
	const [one, two, three] = await Promise.all(
		[red, blue, again].map(async ({ items }) => await getMiddle(await readBinary(items[0]?.binary?.data))),
	);
	expect(one).not.toEqual(two);
	expect(three).toEqual(one);
});

test('a source address is sent as it is', async () => {
	const source = (await run({ operation: 'generate', model: byId('nano-banana'), prompt: 'source' })).items[0]?.json.url as string;
	bench.kyma.requests.length = 0;
	const { items } = await run(edit(source));
	expect(sent().image_url).toBe(source);
	expect(items[0]?.binary?.data?.mimeType).toBe('image/png');
});

test('several binary fields become image_urls for the model that takes several', async () => {
	await run(editBinary('front, back', {}, several), { input: await toInput({ front: '#ff0000', back: '#00ff00' }) });
	expect(sent().image_urls).toHaveLength(2);
	expect(bench.kyma.jobs[0]?.sources.map(({ ok }) => ok)).toEqual([true, true]);
});

test('an expression may hand over a whole binary object, or an array of them', async () => {
	const input = await toInput({ front: '#ff0000', back: '#00ff00' });
	await run(editBinary('={{ $binary.front }}'), { input });
	expect(sent().image_url).toMatch(/^data:image\/png/);
	bench.kyma.requests.length = 0;
	await run(editBinary('={{ [$binary.front, $binary.back] }}', {}, several), { input, executionId: '2' });
	expect(sent().image_urls).toHaveLength(2);
});

test('several addresses may be a list with commas or an array, and a comma inside an address stays', async () => {
	await run(edit('https://a.example/w_1,h_2.png, https://b.example/2.png', {}, several));
	expect(sent().image_urls).toEqual(['https://a.example/w_1,h_2.png', 'https://b.example/2.png']);
	bench.kyma.requests.length = 0;
	await run(edit('={{ ["https://a.example/1.png", "https://b.example/2.png"] }}', {}, several), { executionId: '2' });
	expect(sent().image_urls).toEqual(['https://a.example/1.png', 'https://b.example/2.png']);
});

test.each([
	['a list that ends in blanks', 'https://a.example/1.png, , '],
	['a list that begins with blanks', ' ,, https://a.example/1.png'],
	['an array with blanks', '={{ [" https://a.example/1.png\\n", ""] }}'],
])('%s gives the addresses without them', async (_, imageUrls) => {
	await run(edit(imageUrls));
	expect(sent().image_url).toBe('https://a.example/1.png');
});

test('a public HTTPS instance gives Kyma a signed address instead of the bytes', async () => {
	await run(editBinary('data'), { input: await toInput({ data: '#ff0000' }), instanceUrl: 'https://n8n.example.com' });
	expect(sent().image_url).toMatch(/^https:\/\/n8n\.example\.com\/rest\/binary-data\/signed\?token=/);
});

test.each([
	'https://n8n:5678',
	'https://localhost',
	'https://n8n.local',
	'https://192.168.1.2',
	'https://[::1]:5678',
	'http://n8n.example.com',
])('the bytes are sent when this n8n is at %s, where Kyma cannot fetch them', async (instanceUrl) => {
	await run(editBinary('data'), { input: await toInput({ data: '#ff0000' }), instanceUrl });
	expect(sent().image_url).toMatch(/^data:image\/png/);
});

test('Send Binary As decides over the address of the instance', async () => {
	const input = await toInput({ data: '#ff0000' });
	await run(editBinary('data', { sendBinaryAs: 'dataUrl' }), { input, instanceUrl: 'https://n8n.example.com' });
	expect(sent().image_url).toMatch(/^data:image\/png/);
	bench.kyma.requests.length = 0;
	await run(editBinary('data', { sendBinaryAs: 'signedUrl' }), { input, executionId: '2' });
	expect(sent().image_url).toMatch(/^http:\/\/localhost\/rest\/binary-data\/signed/);
});

test('a file kept in memory cannot be signed, and says so before anything is sent', async () => {
	const inMemory = { mimeType: 'image/png', fileName: 'a.png', data: (await paint('#ff0000')).toString('base64') };
	const { error } = await run(editBinary('data', { sendBinaryAs: 'signedUrl' }), { input: [{ json: {}, binary: { data: inMemory } }] });
	expect(error?.message).toContain('Send Binary As: this n8n keeps files in memory');
	expect(bench.kyma.requests).toHaveLength(0);
});

test.each([
	['={{ $binary.data }}', 'keeps in memory'],
	['={{ [$binary.data, $binary.back] }}', 'keeps in memory'],
	['={{ $binary }}', 'neither a field name nor a file'],
	['={{ [undefined] }}', 'neither a field name nor a file'],
])('%s of a file in memory is refused in words that help', async (field, words) => {
	const inMemory = { mimeType: 'image/png', fileName: 'a.png', data: (await paint('#ff0000')).toString('base64') };
	const { error } = await run(editBinary(field, {}, several), { input: [{ json: {}, binary: { data: inMemory } }] });
	expect(error?.message).toContain('Input Data Field Name(s): an expression gave');
	expect(error?.message).toContain(words);
});

test('a refused data URL is named as the cause, with what to do instead', async () => {
	bench.kyma.configure({ refuseDataUrls: true });
	const { error } = await run(editBinary('data'), { input: await toInput({ data: '#ff0000' }) });
	expect(error?.message).toContain('did not accept the source image as a data URL');
	expect(error?.description).toContain('Set Input Type to "Image URL(s)"');
});

const withPadding = async (bytes: number) => Buffer.concat([await paint('#ff0000'), Buffer.alloc(bytes)]);

test.each([
	['too_many_references', 'Too many reference images', 'Input Type: Too many reference images'],
	['invalid_prompt', 'The prompt does not fit the image', 'Prompt: The prompt does not fit the image'],
	['constructor', 'Not today', 'Kyma refused the request: Not today'],
])('a refusal with the code "%s" is not blamed on the data URL', async (code, message, words) => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 400, code, message } });
	const { error } = await run(editBinary('data'), { input: await toInput({ data: '#ff0000' }) });
	expect(error?.message).toBe(`${words} [Item 0]`);
});

test('a file that n8n has lost is refused in words, and does not use up Max Spend', async () => {
	const [kept] = await toInput({ data: '#ff0000' });
	const lost = { ...kept?.binary.data, id: String(kept?.binary.data?.id).replace(/.{6}$/, 'ffffff') } as IBinaryData;
	const input = [{ json: {}, binary: { data: lost } }, ...(await toInput({ data: '#ff0000' }))];
	const { items } = await run(editBinary('data', { maxSpend: 0.05, maxConcurrency: 1 }), { input, ...continueOnFail });
	expect(items[0]?.json).toEqual({
		error: 'Input Data Field Name(s): "data.png" could not be read, File not found [Item 0]',
		details: { charged: false },
	});
	expect(items[1]?.json.status).toBe('succeeded');
});

test('a file too large for a request is refused in words', async () => {
	const binary = { data: await storeBinary(await withPadding(64 * 1024 * 1024), 'image/png', 'huge.png') };
	const { error } = await run(editBinary('data'), { input: [{ json: {}, binary }] });
	expect(error?.message).toBe('Input Data Field Name(s): "huge.png" is larger than 64 MB [Item 0]');
	expect(error?.description).toContain('You were not charged');
	expect(bench.kyma.requests).toHaveLength(0);
});

test('an item whose file was still being read when another failed was not submitted, and is not said to be', async () => {
	bench.kyma.addFault({ on: 'submit', kind: { type: 'status', status: 400 } });
	const big = { data: await storeBinary(await withPadding(40 * 1024 * 1024), 'image/png', 'big.png') };
	const { error } = await run(editBinary('data'), { input: [...(await toInput({ data: '#ff0000' })), { json: {}, binary: big }] });
	expect(error?.message).toContain('[Item 0]');
	expect(error?.description).not.toContain('Other items');
});

test('a file that is not an image is refused before any money moves', async () => {
	const binary = { data: await storeBinary(Buffer.from('<html>no</html>'), 'image/png', 'photo.png') };
	const { error } = await run(editBinary('data'), { input: [{ json: {}, binary }] });
	expect(error?.message).toContain('Input Data Field Name(s): "photo.png" is not an image, it is a web page');
	expect(bench.kyma.requests).toHaveLength(0);
});
