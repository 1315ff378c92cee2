import type { Hono } from 'hono';
import { parseFault } from './fault-kinds';
import { addFault } from './faults';
import { configure } from './configure';
import type { SimulatorEnv } from './recorder';
import { imageBytesOf, imageOf } from './render/gallery';
import type { World } from './world';

const problem = (error: unknown) => Response.json({ error: String(error) }, { status: 400 });

function postFaults(world: World, json: unknown): Response {
	try {
		for (const fault of [json].flat().map(parseFault)) addFault(world.faults, fault);
		return Response.json({ faults: world.faults.active.length });
	} catch (error) {
		return problem(error);
	}
}

/** JSON has no `undefined`, so null takes back `jobDurationMs` and `imageBytes`. */
function postConfigure(world: World, json: unknown): Response {
	try {
		const patch = Object.entries(json ?? {}).map(([key, value]) => [key, value ?? undefined]);
		configure(world, Object.fromEntries(patch));
		return Response.json(world.settings);
	} catch (error) {
		return problem(error);
	}
}

async function getImage(world: World, jobId: string, index: number): Promise<Response> {
	const found = world.records.get(jobId);
	if (!found?.job.imageUrls[index]) return Response.json({ error: 'No such image' }, { status: 404 });
	const { contentType } = await imageOf(world, found, index);
	const bytes = new Uint8Array(await imageBytesOf(world, found, index));
	return new Response(bytes, { headers: { 'content-type': contentType } });
}

/** The simulator's own routes, for drivers in other processes. They need no key and are not recorded. */
export function addControl(app: Hono<SimulatorEnv>, world: World, reset: () => void): void {
	app.get('/simulator/state', () => Response.json({ jobs: world.jobs, ...world.money }));
	app.get('/simulator/requests', () => Response.json(world.requests));
	app.get('/simulator/images/:jobId/:index', async (context) => {
		return await getImage(world, context.req.param('jobId'), Number(context.req.param('index')));
	});
	app.post('/simulator/faults', async (context) => postFaults(world, await context.req.json().catch(() => undefined)));
	app.delete('/simulator/faults', () => {
		world.faults.active = [];
		return Response.json({ faults: 0 });
	});
	app.post('/simulator/configure', async (context) => {
		return postConfigure(world, await context.req.json().catch(() => undefined));
	});
	app.post('/simulator/reset', () => {
		reset();
		return Response.json({ ok: true });
	});
}
