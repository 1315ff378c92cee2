import type { Scenario } from '../world';
import { cap } from './cap';
import { drain } from './drain';
import { editor } from './editor';
import { filesystem, images } from './images';
import { kills, noKey } from './kills';
import { killWait } from './killWait';
import { kyma, postgres, redis } from './outages';
import { rerun } from './rerun';
import { s3 } from './s3';
import { throughput } from './throughput';
import { twoSteps } from './twoSteps';

/** In the order they run: the number of workers only grows, then falls once. */
export const SCENARIOS: readonly Scenario[] = [
	throughput,
	editor,
	cap,
	kills,
	noKey,
	twoSteps,
	killWait,
	drain,
	redis,
	postgres,
	kyma,
	images,
	filesystem,
	s3,
	rerun,
];
