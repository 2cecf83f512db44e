// What a derivative rule is. A vector-Jacobian product takes the gradient with respect to an op's (first) output to the
// gradients with respect to its inputs. Rules may leave a gradient broadcast or promoted: `../gradientSum.ts` undoes both.
import type { Term } from '../emitter.ts';
import type { Op, OpAttributes } from '../opAttributes.ts';

/** A node being differentiated. */
export interface Step<O extends Op> {
  /** Gradient with respect to the first output. */
  readonly g: Term;
  /** Gradients with respect to all outputs; null: none reaches that one. Only the ops of `manyValued` have more than the first. */
  readonly gradients: readonly (Term | null)[];
  readonly inputs: readonly Term[];
  /** The first output. */
  readonly y: Term;
  readonly outputs: readonly Term[];
  readonly attributes: OpAttributes[O];
  /**
   * Gradients with respect to this node's inputs of `formulas`, one per output, which the rule has written with those inputs:
   * for an op that is differentiated as what it stands for.
   */
  readonly through: (formulas: readonly Term[]) => readonly (Term | null)[];
}

/** A gradient that is zero but for a slice of the value. */
export class SliceGradient {
  constructor(readonly part: Term, readonly at: OpAttributes['slice']) {}
}

/** What one use of a value adds to its gradient: the whole of it, or a form that `../gradientSum.ts` makes together with others. */
export type Contribution = Term | SliceGradient;

/** Per input: writes the gradient when it is asked for, or null where the input gets none. */
export type VjpRule<O extends Op> = (step: Step<O>) => readonly ((() => Contribution | null) | null)[];

/** null: no gradient passes the op, because it is piecewise constant in integers or bools, random, or made to stop it. */
export type VjpRules = { readonly [O in Op]: VjpRule<O> | null };

export const noGradient = null;

/** Ops of which every output passes a gradient. Of the others only the first does: what follows are indices or batch statistics. */
export const manyValued: ReadonlySet<Op> = new Set<Op>([
  'native_batch_norm_backward', 'native_layer_norm_backward', 'scaled_dot_product_attention_backward', 'qr',
  'eigh', 'svd',
]);
