import type { Finding } from './types';

export const confirmed = (seen: string): Finding => ({ verdict: 'confirmed', seen });
export const different = (seen: string): Finding => ({ verdict: 'different', seen });
export const notTestable = (seen: string): Finding => ({ verdict: 'not testable', seen });

/** Confirmed when `holds`. */
export const judge = (holds: boolean, seen: string): Finding => (holds ? confirmed(seen) : different(seen));
