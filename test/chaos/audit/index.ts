import type { Evidence, Verdict } from '../types';
import { findHungRuns, findLeaks, findSlowStops, findWrongContent } from './conduct';
import { findLostImages, findRecoveryCosts } from './lost';
import { findDoubleCharges, findNeedlessJobs, findOverspending } from './money';
import { findStaleClaims } from './shown';
import { findUntruths } from './truth';

/** The promises of the node as questions to the evidence. */
const AUDITORS: Array<(evidence: Evidence) => Verdict> = [
	findDoubleCharges,
	findNeedlessJobs,
	findOverspending,
	findLostImages,
	findRecoveryCosts,
	findHungRuns,
	findSlowStops,
	findLeaks,
	findWrongContent,
	findUntruths,
	findStaleClaims,
];

export const audit = (evidence: Evidence): Verdict[] => AUDITORS.map((ask) => ask(evidence));
