// What a derivative rule is. A vector-Jacobian product takes the gradient with respect to an op's (first) output to the
// gradients with respect to its inputs. Rules may leave a gradient broadcast or promoted: `../gradientSum.ts` undoes both.
import type { Term } from '../emitter.ts';
import type { Op, OpAttributes } from '../opAttributes.ts';
import type { ManyOutputOp } from '../record.ts';

/** A node being differentiated. */
export interface Step<O extends Op> {
  /** Gradient with respect to the first output. */
  readonly g: Term;
  /** Gradients with respect to all outputs; null: none reaches that one. Only `passingOutputs` have any. */
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

/** Of an op of several outputs: whether all pass a gradient, or the first alone, since what follows are indices or statistics of a batch. */
const passing: { readonly [O in ManyOutputOp]: 'all' | 'first' } = {
  native_batch_norm: 'first', native_batch_norm_backward: 'all',
  native_layer_norm: 'first', native_layer_norm_backward: 'all',
  scaled_dot_product_attention: 'first', scaled_dot_product_attention_backward: 'all',
  max_pool_with_indices: 'first', adaptive_max_pool_with_indices: 'first', ctc_loss: 'first',
  sort: 'first', cummax: 'first', cummin: 'first',
  qr: 'all', eigh: 'all', eig: 'all', svd: 'all', slogdet: 'first', lu: 'first',
};

/** Those of an op's outputs that pass a gradient. */
export function passingOutputs<T>(op: Op, outputs: readonly T[]): readonly T[] {
  return op in passing && passing[op as ManyOutputOp] === 'all' ? outputs : outputs.slice(0, 1);
}
