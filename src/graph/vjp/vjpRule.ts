// What a derivative rule is. A vector-Jacobian product takes the gradient with respect to an op's (first) output to the
// gradients with respect to its inputs. Rules may leave a gradient broadcast or promoted: `../gradient.ts` undoes both.
import type { Term } from '../emitter.ts';
import type { Op, OpAttributes } from '../opAttributes.ts';

/** A node being differentiated. */
export interface Step<O extends Op> {
  /** Gradient with respect to the first output. Further outputs (indices, batch statistics) carry none. */
  readonly g: Term;
  readonly inputs: readonly Term[];
  /** The first output. */
  readonly y: Term;
  readonly outputs: readonly Term[];
  readonly attributes: OpAttributes[O];
  /** Gradients of `formula`, which the rule has written with this node's inputs, with respect to each of those inputs. */
  readonly through: (formula: Term, seed: Term) => readonly (Term | null)[];
}

/** Per input: writes the gradient when it is asked for, or null where the input gets none. */
export type VjpRule<O extends Op> = (step: Step<O>) => readonly ((() => Term | null) | null)[];

/** null: no gradient passes the op, because it is piecewise constant in integers or bools, random, or made to stop it. */
export type VjpRules = { readonly [O in Op]: VjpRule<O> | null };

export const noGradient = null;
