import { byId, edit, editBinary, generate, getJob, useSimulator } from './kyma';

const bench = useSimulator();
const { run } = bench;
const urls = (count: number) => Array.from({ length: count }, (_, i) => `https://a.example/${i}.png`).join(',');

test.each([
	['an empty prompt', generate({}, { prompt: '  ' }), 'Prompt: it is empty'],
	['a prompt of 4001 characters', generate({}, { prompt: 'x'.repeat(4001) }), 'Prompt: it has 4001 characters'],
	['a list for a prompt', generate({}, { prompt: '={{ ["a fox", "a bear"] }}' }), 'Prompt: it is a list, Split Out makes an item'],
	['nine images', generate({ numberOfImages: 9 }), 'Number of Images: "9" is not a whole number from 1 to 4'],
	['half an image', generate({ numberOfImages: 1.5 }), 'Number of Images: "1.5"'],
	[
		'several images of a model that makes one',
		generate({ numberOfImages: 2 }, { model: byId('flux-2-pro') }),
		'Number of Images: FLUX.2 Pro makes one image',
	],
	['a size that is none', generate({ customSize: 'banana' }), 'Custom Size: "banana" is not a size'],
	['an aspect ratio that is none', generate({ aspectRatio: 'wide' }), 'Aspect Ratio: "wide"'],
	['JSON that is not JSON', generate({ extra: '{seed: 7' }), 'Extra Parameters: it must be a JSON object'],
	['JSON that is no object', generate({ extra: '[1]' }), 'Extra Parameters: it must be a JSON object'],
	['a key that is too long', generate({ idempotencyKey: 'k'.repeat(129) }), 'Idempotency Key: it has 129 characters'],
	['a timeout of nothing', generate({ timeout: 0 }), 'Timeout: "0" is not a number from 1'],
	['a concurrency of nothing', generate({ maxConcurrency: 0 }), 'Max Concurrency: "0"'],
	['a negative limit', generate({ maxSpend: -1 }), 'Max Spend: "-1"'],
	['a limit whose expression gives nothing', generate({ maxSpend: '={{ $json.limit }}' }), 'Max Spend: it is empty'],
	['a limit that is null', generate({ maxSpend: null }), 'Max Spend: it is empty'],
	['a limit of blanks', generate({ maxSpend: '  ' }), 'Max Spend: it is empty'],
	['a seed in words', generate({ seed: 'seven' }), 'Seed: "seven"'],
	['an empty model', generate({}, { model: byId('={{ "" }}') }), 'Model: it is empty'],
	[
		'generating with a model that only edits',
		generate({}, { model: byId('flux-kontext-pro') }),
		'Model: FLUX.1 Kontext Pro needs a source image',
	],
	['editing without an address', edit('={{ [] }}'), 'URL(s): it is empty'],
	['editing with commas for addresses', edit(' , ,  '), 'URL(s): it is empty'],
	['editing with a list of blanks', edit('={{ ["", "  "] }}'), 'URL(s): it is empty'],
	['editing with a word for an address', edit('banana'), 'URL(s): "banana" is not an https address'],
	['editing with a file address', edit('file:///etc/passwd'), 'URL(s): "file:///etc/passwd"'],
	['eleven references', edit(urls(11), {}, { model: byId('flux-2-pro') }), 'URL(s): 11 source images are too many, 10 is the most'],
	['two sources for a model that takes one', edit(urls(2)), 'URL(s): 2 source images are too many, Nano Banana'],
	['an image for a model that takes none', edit(urls(1), {}, { model: byId('imagen-4') }), 'Model: Imagen 4 takes no source image'],
	['editing without a file', editBinary('data'), 'Input Data Field Name(s): the input item has no file "data", it has no files at all'],
	['editing with no field named', editBinary(' , '), 'Input Data Field Name(s): it is empty'],
	['an empty job id', getJob(' '), 'Job ID: it is empty'],
	['a job id that climbs', getJob('../auth/limits'), 'Job ID: "../auth/limits" is not a job ID'],
])('%s is refused by the name of its parameter, and nothing is sent', async (_, parameters, words) => {
	const { error } = await run(parameters);
	expect(error?.message).toContain(words);
	expect(error?.message).toContain('[Item 0]');
	expect(error?.description).toContain('You were not charged');
	expect(bench.kyma.requests).toHaveLength(0);
});

test.each([
	['an expression that fails', generate({}, { prompt: "={{ $('Missing').item.json.x }}" }), {}, "Referenced node doesn't exist [Item 0]"],
	['a missing credential', generate(), { credentials: {} }, 'Node does not have any credentials set for "kymaApi"'],
	['a missing credential of the model list', { operation: 'listModels' }, { credentials: {} }, 'Node does not have any credentials set'],
])('%s is told in the words of n8n, and not called a fault of the package', async (_, parameters, settings, words) => {
	const { error } = await run(parameters, { settings });
	expect(error?.message).toContain(`n8n could not read the settings of this node: ${words}`);
	expect(error?.description).toBe(
		'Check the expressions and the credential of this node. Nothing was sent to Kyma. You were not charged for this.',
	);
});

test('one bad item stops the run before the good ones before it cost anything', async () => {
	const input = ['fine', 'fine too', ''].map((prompt) => ({ json: { prompt } }));
	const { error } = await run(generate({}, { prompt: '={{ $json.prompt }}' }), { input });
	expect(error?.message).toBe('Prompt: it is empty, describe the image [Item 2]');
	expect(bench.kyma.requests).toHaveLength(0);
});
