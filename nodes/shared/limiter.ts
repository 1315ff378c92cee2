import { pause } from './clock';
import type { Deadline } from './clock';

/** A first-come, first-served number of places. */
export type Slots = {
	/** Resolves when a place is free. Places are handed out in the order they were asked for. */
	acquire: () => Promise<void>;
	/** As `acquire`, ahead of all who wait for a first place. */
	reacquire: () => Promise<void>;
	release: () => void;
	/** Changes how many places there are; those taken beyond the new number are given up as they are released. */
	resize: (size: number) => void;
	readonly taken: number;
	readonly size: number;
};

/** Places for work that is bounded in number. */
export function createSlots(initialSize: number): Slots {
	const ahead: Array<() => void> = [];
	const waiting: Array<() => void> = [];
	let size = initialSize;
	let taken = 0;
	const admit = () => {
		while (taken < Math.floor(size) && ahead.length + waiting.length > 0) {
			taken += 1;
			(ahead.shift() ?? waiting.shift())?.();
		}
	};
	const join = async (queue: Array<() => void>) => {
		const admitted = new Promise<void>((resolve) => queue.push(resolve));
		admit();
		await admitted;
	};
	return {
		acquire: async () => await join(waiting),
		reacquire: async () => await join(ahead),
		release: () => {
			taken -= 1;
			admit();
		},
		resize: (next) => {
			size = next;
			admit();
		},
		get taken() {
			return taken;
		},
		get size() {
			return size;
		},
	};
}

/** How many jobs of a run may be in flight, shared by all its items. */
export type Limiter = Slots & {
	/** A submit was accepted: there is room for more. */
	onAccepted: () => void;
	/** A request sent at `sentAt` was answered 429: the whole run waits `retryAfterMs` before it sends anything else. */
	onThrottled: (sentAt: number, retryAfterMs?: number) => void;
	/** A submit was refused with 429: its place goes back, and it gets the next one, behind those refused before it. */
	requeue: () => Promise<void>;
	/** Waits while a 429 holds the run back, until the deadline at the latest, or until the signal aborts. */
	untilOpen: (deadline: Deadline, signal: AbortSignal) => Promise<void>;
};

const INITIAL_WINDOW = 4;
const DECREASE = 0.75;
/** After a 429 the window grows by one per so many times its size of accepted submits: a probe costs a refused one. */
const PROBE_AFTER = 2;
/** What a 429 has taught is stale by then: who filled the account may be done. The window opens as at first again. */
const STALE_AFTER_MS = 10_000;
const MAX_HOLD_MS = 60_000;
const DEFAULT_HOLD_MS = 1_000;

/**
 * Additive increase, multiplicative decrease (as TCP does it): each accepted submit opens the window a little, up to
 * `maxConcurrency`; a 429 takes it to a share of the jobs that are in flight, once per round of requests.
 */
export function createLimiter(maxConcurrency: number, now: () => number = Date.now): Limiter {
	const slots = createSlots(Math.min(INITIAL_WINDOW, maxConcurrency));
	let decreasedAt = -Infinity;
	let heldUntil = -Infinity;
	const limiter = {
		onAccepted: () => {
			const step = now() - decreasedAt >= STALE_AFTER_MS ? 1 : 1 / (PROBE_AFTER * slots.size);
			slots.resize(Math.min(maxConcurrency, slots.size + step));
		},
		onThrottled: (sentAt: number, retryAfterMs = DEFAULT_HOLD_MS) => {
			heldUntil = Math.max(heldUntil, now() + Math.min(retryAfterMs, MAX_HOLD_MS));
			if (sentAt < decreasedAt) return;
			decreasedAt = now();
			slots.resize(Math.max(1, Math.min(slots.size, slots.taken - 1) * DECREASE));
		},
		requeue: async () => {
			const readmitted = slots.reacquire();
			slots.release();
			await readmitted;
		},
		untilOpen: async (deadline: Deadline, signal: AbortSignal) => {
			const end = () => Math.min(heldUntil, deadline);
			while (!signal.aborted && end() > now()) await pause(end() - now(), signal);
		},
	};
	return Object.assign(slots, limiter);
}
