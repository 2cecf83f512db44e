// Activation functions: what is known of each, and how to see one in a graph, whether it was called by name (`F.relu(x)`) or
// written with operators (`x * (x > 0)`, `1 / (1 + exp(-x))`). The forms themselves are in `activationForms.ts`.
import { writtenForms } from './activationForms.ts';
import { GraphPatterns } from './graphPatterns.ts';
import type { Graph, Node, ValueId } from './graph.ts';
import type { Op } from './opAttributes.ts';

export interface ActivationFunction {
  /** Gives exactly 0 for negative inputs: a unit that does so for all inputs is inactive. */
  readonly reluLike: boolean;
  /** A value below the first or above the second number lies in the flat part; null: the function has none on which units stick. */
  readonly saturation: readonly [number, number] | null;
}

const plain: ActivationFunction = { reluLike: false, saturation: null };
const relu: ActivationFunction = { reluLike: true, saturation: null };
/** The flat part of a piecewise linear function includes the bound itself, so the range ends one float32 step inside. */
const inside = (bound: number) => bound * (1 - 2 ** -24);
// |tanh| > 0.97 and a sigmoid outside (0.015, 0.985): slopes below 0.06 and 0.015 (Karpathy, makemore part 3)
const tanh: ActivationFunction = { reluLike: false, saturation: [-0.97, 0.97] };
const sigmoid: ActivationFunction = { reluLike: false, saturation: [0.015, 0.985] };

/** By torch functional name. */
export const activations: Readonly<Record<string, ActivationFunction>> = {
  relu,
  relu6: { reluLike: true, saturation: [-Infinity, inside(6)] },
  sigmoid, tanh, softsign: tanh,
  hardsigmoid: { reluLike: false, saturation: [Number.MIN_VALUE, inside(1)] },
  hardtanh: { reluLike: false, saturation: [-inside(1), inside(1)] },
  leaky_relu: plain, prelu: plain, elu: plain, celu: plain, selu: plain, gelu: plain, silu: plain, mish: plain, softplus: plain,
  hardswish: plain, logsigmoid: plain, tanhshrink: plain, hardshrink: plain, softshrink: plain, threshold: plain,
  softmax: plain, log_softmax: plain,
};

/** Ops that are activation functions by themselves; `clamp`, `threshold` and `hardtanh` depend on their bounds. */
const activationOps: ReadonlySet<Op> = new Set<Op>([
  'relu', 'relu6', 'sigmoid', 'tanh', 'softsign', 'hardsigmoid', 'leaky_relu', 'prelu', 'elu', 'celu', 'selu', 'gelu', 'silu', 'mish',
  'softplus', 'hardswish', 'logsigmoid', 'tanhshrink', 'hardshrink', 'softshrink', 'softmax', 'log_softmax',
]);

export interface RecognizedActivation {
  /** A name of `activations`. */
  readonly name: string;
  /** The pre-activation. */
  readonly input: ValueId;
}

/**
 * The activation function that `node` completes, or null. `isZeroConstant` tells of a `constant` node's value, whose data the
 * graph does not hold, whether it is all zeros; without it such a value is not taken for zero.
 */
export function recognizeActivation(
  graph: Graph, node: Node, isZeroConstant: (value: ValueId) => boolean = () => false,
): RecognizedActivation | null {
  if (activationOps.has(node.op)) return { name: node.op, input: node.inputs[0] };
  const recognize = writtenForms[node.op];
  return recognize ? recognize(new GraphPatterns(graph, isZeroConstant), node) : null;
}
