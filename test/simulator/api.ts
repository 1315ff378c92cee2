/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { Hono } from 'hono';
import { admit, availableUsd, usedRpm } from './account';
import { applyFaults } from './answers';
import { requireKey } from './auth';
import { toPricing, toRegistry } from './catalog';
import { addControl } from './control';
import { costUsdOf } from './cost';
import { takeJobFaults } from './faults';
import { enterJob, findReplay } from './jobs';
import type { JobRecord } from './jobs';
import { queueJob } from './lanes';
import { neverEnds, planJob } from './plan';
import { record } from './recorder';
import type { SimulatorContext, SimulatorEnv } from './recorder';
import { Refusal, toErrorBody } from './refusal';
import { runJob } from './run';
import { tierRow, toTierMatrix } from './tiers';
import { readSubmit } from './validate';
import { toImmediateAnswer, toWireJob } from './wire';
import type { World } from './world';

async function answerJob(world: World, job: JobRecord, status: number): Promise<Response> {
	if (job.plan.immediate) return Response.json(await toImmediateAnswer(world, job));
	return Response.json(await toWireJob(world, job), { status });
}

async function submit(world: World, context: SimulatorContext): Promise<Response> {
	const recorded = context.get('recorded');
	const apiKey = context.get('apiKey');
	const request = readSubmit(recorded.body, world.settings);
	const known = findReplay(world, apiKey, request.idempotencyKey);
	if (known) {
		known.job.replays += 1;
		recorded.jobId = known.job.id;
		return await answerJob(world, known, 200);
	}
	admit(world, apiKey, costUsdOf(request));
	const plan = planJob(takeJobFaults(world.faults, recorded));
	const created = enterJob(world, { apiKey, request, body: recorded.body, plan });
	recorded.jobId = created.job.id;
	return await answerNew(world, created);
}

/** The answer shows the job before it starts, unless it is to be over by then. */
async function answerNew(world: World, created: JobRecord): Promise<Response> {
	const { plan } = created;
	const atOnce = (plan.immediate ?? plan.terminalAnswer) && !neverEnds(plan);
	if (atOnce) await runJob(world, created, 0);
	const answer = await answerJob(world, created, 202);
	if (!atOnce) queueJob(world, created);
	return answer;
}

async function poll(world: World, context: SimulatorContext): Promise<Response> {
	const found = world.records.get(context.req.param('id') ?? '');
	const visible = found?.job.apiKey === context.get('apiKey') && performance.now() >= found.createdAtMs + found.plan.notFoundMs;
	if (!found || !visible) throw new Refusal(404, 'job_not_found', 'No such job');
	return Response.json(await toWireJob(world, found));
}

function limits(world: World, context: SimulatorContext): Response {
	const { rpm } = tierRow(world.settings.tier);
	const apiKey = context.get('apiKey');
	const used = usedRpm(world, apiKey);
	return Response.json({
		rpm_limit: rpm,
		rpm_used: used,
		rpm_remaining: Math.max(0, rpm - used),
		has_credits: availableUsd(world) > 0,
		used_today: world.jobs.filter((job) => job.apiKey === apiKey).length,
		tier: world.settings.tier,
	});
}

function balance(world: World): Response {
	const { balanceUsd, heldUsd } = world.money;
	return Response.json({
		...{ object: 'credits.balance', balance: balanceUsd, held: heldUsd },
		...{ available: availableUsd(world), currency: 'USD' },
	});
}

const cached = (body: object) => Response.json(body, { headers: { 'cache-control': 'public, max-age=60' } });

/** What a route throws, as the error body clients know. */
function answerError(error: unknown): Response {
	if (!(error instanceof Refusal)) {
		process.stderr.write(`${String(error)}\n`);
		return Response.json(toErrorBody(500, 'internal_error', String(error)), { status: 500 });
	}
	const { status, code, message, retryAfterSeconds } = error;
	const headers = retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : undefined;
	return Response.json(toErrorBody(status, code, message), { status, headers });
}

/** The API host: Kyma's routes, and the simulator's own under `/simulator`. */
export function createApi(world: World, reset: () => void): Hono<SimulatorEnv> {
	const app = new Hono<SimulatorEnv>();
	addControl(app, world, reset);
	app.use('*', record(world, 'api'), applyFaults(world));
	const key = requireKey(world);
	app.post('/v1/images/generations', key, async (context) => await submit(world, context));
	app.get('/v1/jobs/:id', key, async (context) => await poll(world, context));
	app.get('/v1/auth/limits', key, (context) => limits(world, context));
	app.get('/v1/credits/balance', key, () => balance(world));
	app.get('/v1/limits/tiers', () => cached(toTierMatrix()));
	app.get('/v1/pricing', () => cached(toPricing()));
	app.get('/registry/image-models.json', () => cached(toRegistry()));
	app.notFound(() => answerError(new Refusal(404, 'not_found', 'No such route')));
	app.onError(answerError);
	return app;
}
