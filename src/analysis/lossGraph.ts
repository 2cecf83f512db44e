// Appends a chosen loss to a model's graph, with targets that a seed determines: the same in every run, and in PyTorch
// (`torch.manual_seed(seed + 2)`, then `torch.randint(0, C, shape)` for classes, `torch.randint(0, 2, shape)` for binary
// labels, `torch.randn(shape)` for values). Training puts its own targets in their place.
import { add, emit, gt, mul, neg, sub, Term, where } from '../graph/emitter.ts';
import type { Graph, ValueId } from '../graph/graph.ts';
import { noOrigin, typeOf } from '../graph/graph.ts';
import type { Op, OpAttributes } from '../graph/opAttributes.ts';
import { record } from '../graph/record.ts';
import { isFloat, type Shape, type TensorType } from '../graph/tensorType.ts';
import { largestFloat16 } from '../engine/halfPrecision.ts';
import type { LossChoice, LossPart } from './lossChoice.ts';

export interface LossGraph {
  readonly choice: LossChoice;
  /** A scalar. */
  readonly value: ValueId;
  /** What the output is compared with: class numbers (int64), binary labels or values (float32); null: nothing. */
  readonly targets: ValueId | null;
}

/** Probabilities are kept this far from 0 and 1 before their logarithm is taken, as Keras does (`backend.epsilon()`). */
const probabilityMargin = 1e-7;
/** PyTorch cuts the logarithms of its binary cross-entropy here, so that a certain mistake costs 100 and not infinity. */
const leastLog = -100;
/** And the slope of it here. */
const steepest = 1e12;

/** What a batch's targets are; null where the loss needs none. */
export function targetTypeOf(graph: Graph, { kind, output, classAxis }: LossPart): TensorType | null {
  const { shape, dtype } = typeOf(graph, output);
  switch (kind) {
    case 'mean-square': case 'sum': case 'likelihood': case 'own': return null;
    case 'cross-entropy': return { dtype: 'int64', shape: shape.filter((_, axis) => axis !== classAxis) };
    case 'binary-cross-entropy': case 'mse': return { dtype: isFloat(dtype) ? dtype : 'float32', shape };
    default: return kind satisfies never;
  }
}

export function appendLoss(graph: Graph, choice: LossChoice, seed: number): LossGraph {
  const { value, targets } = choice.own ? { value: choice.own.value, targets: null } : appendPart(graph, choice, seed);
  const others = choice.others.map((other) => appendPart(graph, other, seed).value);
  if (others.length === 0) return { choice, targets, value };
  const terms = [value, ...others].map((id) => new Term(graph, id));
  return { choice, targets, value: mul(terms.reduce((sum, term) => add(sum, term)), 1 / terms.length).id };
}

/** The loss of one output. */
function appendPart(graph: Graph, part: LossPart, seed: number): Pick<LossGraph, 'value' | 'targets'> {
  const op = <O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O]): ValueId =>
    record(graph, name, inputs, attributes, noOrigin)[0];
  const unary = (name: 'neg' | 'log' | 'square', x: ValueId) => op(name, [x], {});
  const binary = (name: 'sub' | 'mul', x: ValueId, y: ValueId) => op(name, [x, y], {});
  const everyAxis = (x: ValueId) => ({ dim: typeOf(graph, x).shape.map((_, axis) => axis), keepdim: false });
  const mean = (x: ValueId) => op('mean', [x], everyAxis(x));
  const draw = { seed: (seed + 2) >>> 0, offset: 0, carry: null };

  const y = part.output;
  const type = targetTypeOf(graph, part);
  switch (part.kind) {
    case 'mean-square': return { targets: null, value: mean(unary('square', y)) };
    case 'likelihood': return { targets: null, value: unary('neg', mean(y)) };
    case 'own': throw new Error('the loss of the file\'s own is in the graph already');
    case 'sum': return { targets: null, value: op('sum', [y], everyAxis(y)) };
    case 'mse': {
      const targets = op('normal', [], { ...draw, shape: type!.shape, mean: 0, std: 1, dtype: type!.dtype });
      return { targets, value: mean(unary('square', binary('sub', y, targets))) };
    }
    case 'cross-entropy': {
      // −mean log p[target]
      const axis = part.classAxis;
      const outputShape = typeOf(graph, y).shape;
      const targets = op('randint', [], { ...draw, shape: type!.shape, low: 0, high: outputShape[axis], dtype: 'int64' });
      const logProbabilities = part.form === 'log-probabilities' ? y
        : part.form === 'probabilities' ? unary('log', op('clamp', [y], { min: probabilityMargin, max: 1 - probabilityMargin }))
        : op('log_softmax', [y], { dim: axis });
      const index = op('reshape', [targets], { shape: withOne(type!.shape, axis) });
      return { targets, value: unary('neg', mean(op('gather', [logProbabilities, index], { dim: axis }))) };
    }
    case 'binary-cross-entropy': {
      const labels = op('randint', [], { ...draw, shape: type!.shape, low: 0, high: 2, dtype: 'int64' });
      const targets = op('cast', [labels], { dtype: type!.dtype });
      if (part.form === 'probabilities') {
        return { targets, value: mean(binaryCrossEntropy(new Term(graph, y), new Term(graph, targets)).id) };
      }
      // mean(log(1 + exp(y)) − y t)
      const softplus = op('softplus', [y], { beta: 1, threshold: 20 });
      return { targets, value: mean(binary('sub', softplus, binary('mul', y, targets))) };
    }
    default: return part.kind satisfies never;
  }
}

/**
 * −(t log p + (1 − t) log(1 − p)) of each element. Its slope is (p − t) / max(p (1 − p), 1e-12), as PyTorch's binary_cross_entropy_backward has it: that of
 * the logarithms themselves, but for a probability that is 0 or 1, where theirs is none.
 */
function binaryCrossEntropy(p: Term, targets: Term): Term {
  const isInside = gt(mul(p, sub(1, p)), 1 / steepest);
  const value = emit('detach', [p], {});
  const passing = where(isInside, p, value);
  const log = (x: Term) => emit('clamp', [x], { min: leastLog, max: null });
  const logarithms = add(mul(targets, log(emit('log', [passing], {}))), mul(sub(1, targets), log(emit('log1p', [neg(passing)], {}))));
  const steepness = p.dtype === 'float16' ? largestFloat16 : steepest;
  return sub(mul(sub(p, value), where(isInside, 0, mul(sub(value, targets), steepness))), logarithms);
}

function withOne(shape: Shape, axis: number): Shape {
  return [...shape.slice(0, axis), 1, ...shape.slice(axis)];
}
