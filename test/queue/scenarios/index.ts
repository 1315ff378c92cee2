import type { Scenario } from '../world';
import { throughput } from './throughput';

/** In the order they run: the number of workers only grows, then falls once. */
export const SCENARIOS: readonly Scenario[] = [throughput];
