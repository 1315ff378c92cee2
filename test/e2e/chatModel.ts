import { serve } from '@hono/node-server';
import { Hono } from 'hono';

type Message = { role: string; content?: unknown };

/** A scripted stand-in for a chat model: it calls the image tool once, then repeats what the tool said. */
export type ChatModel = { url: string; toolAnswers: string[]; close: () => Promise<void> };

const complete = (message: Record<string, unknown>, finish_reason: string) => ({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	created: 0,
	model: 'scripted',
	choices: [{ index: 0, message: { role: 'assistant', content: null, ...message }, finish_reason }],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

const callTool = (name: string, prompt: string) => {
	const call = {
		id: 'call_1',
		type: 'function',
		function: { name, arguments: JSON.stringify({ prompt, Prompt: prompt, description: prompt }) },
	};
	return complete({ tool_calls: [call] }, 'tool_calls');
};

/** Speaks the part of OpenAI's chat completions that n8n's model node uses, on any free port. */
export async function startChatModel(): Promise<ChatModel> {
	const toolAnswers: string[] = [];
	const app = new Hono();
	app.post('/v1/chat/completions', async (c) => {
		const { messages, tools = [] } = await c.req.json<{ messages: Message[]; tools?: Array<{ function: { name: string } }> }>();
		const answer = messages.findLast(({ role }) => role === 'tool')?.content;
		if (answer === undefined) return c.json(callTool(tools[0]?.function.name ?? 'none', 'A lighthouse at dusk'));
		toolAnswers.push(typeof answer === 'string' ? answer : JSON.stringify(answer));
		return c.json(complete({ content: `Here it is: ${toolAnswers.at(-1)}` }, 'stop'));
	});
	app.get('/v1/models', (c) => c.json({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
	return await new Promise((resolve) => {
		const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
			const close = async () => await new Promise<void>((done) => server.close(() => done()));
			resolve({ url: `http://127.0.0.1:${port}/v1`, toolAnswers, close });
		});
	});
}
