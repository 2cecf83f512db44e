// What the bench and an engine's process say to each other: one JSON object a line, over the process's standard streams. The bench
// starts a process for each engine and workload, and then asks for one timed block at a time.

/** Losses that are compared: the third one depends on two updates. */
export const comparedSteps = 3;

/** Parts of numbers of one magnitude each. */
export type Figures = readonly (readonly number[])[];

export interface Variant {
  readonly name: string;
  /** `anchor`: one of the ways to do the same work, of which the fastest counts. `beside`: other work, or a way told for comparison only. */
  readonly role: 'anchor' | 'beside';
  /** See `PreparedVariant.figures`. */
  readonly figures: Figures;
}

export type FromEngine =
  | { readonly ready: { readonly description: string; readonly variants: readonly Variant[] } }
  | { readonly block: { readonly steps: number; readonly msPerStep: number } }
  /** The engine cannot do this workload; its own words. The process ends. */
  | { readonly failed: string };

export interface ToEngine {
  readonly variant: string;
  /** How long the block should take; at least one step is made. */
  readonly blockMs: number;
}
