// Writes nodes from formulas: `mul(g, sub(1, square(y)))`. For code that makes graphs out of graphs (derivatives, losses).
import { noOrigin, typeOf, type Graph, type Origin, type ValueId } from './graph.ts';
import type { Convolution, Op, OpAttributes } from './opAttributes.ts';
import { record } from './record.ts';
import { isFloat, type DType, type Shape, type TensorType } from './tensorType.ts';

/** A value together with the graph it is in, and the origin that nodes made from it get. */
export class Term {
  constructor(readonly graph: Graph, readonly id: ValueId, readonly origin: Origin = noOrigin) {}

  get type(): TensorType {
    return typeOf(this.graph, this.id);
  }
  get shape(): Shape {
    return this.type.shape;
  }
  get dtype(): DType {
    return this.type.dtype;
  }
}

/** A number stands for a constant of rank 0. */
export type Operand = Term | number;

/** Records `op`; all its outputs. */
export function emitAll<O extends Op>(op: O, inputs: readonly Term[], attributes: OpAttributes[O]): Term[] {
  const [{ graph, origin }] = inputs;
  return record(graph, op, inputs.map((input) => input.id), attributes, origin).map((id) => new Term(graph, id, origin));
}
/** Records `op`; its first output. */
export function emit<O extends Op>(op: O, inputs: readonly Term[], attributes: OpAttributes[O]): Term {
  return emitAll(op, inputs, attributes)[0];
}

/** Writes `make` at most once, however many of its results are asked for. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A tensor filled with one number, of the graph, origin and dtype of `like`. */
export function full(like: Term, shape: Shape, value: number, dtype: DType = like.dtype): Term {
  const [id] = record(like.graph, 'full', [], { shape, value, dtype }, like.origin);
  return new Term(like.graph, id, like.origin);
}
/** The unit matrix, of the graph, origin and dtype of `like`. */
export function eye(like: Term, n: number): Term {
  const [id] = record(like.graph, 'eye', [], { n, m: n, dtype: like.dtype }, like.origin);
  return new Term(like.graph, id, like.origin);
}
export const zerosLike = (x: Term) => full(x, x.shape, 0);

function terms(a: Operand, b: Operand): [Term, Term] {
  if (typeof a !== 'number') return [a, typeof b === 'number' ? constant(a, b) : b];
  if (typeof b !== 'number') return [constant(b, a), b];
  throw new TypeError('one operand must be a term');
}
/** Of the other operand's dtype, so that it does not widen it. */
function constant(like: Term, value: number): Term {
  return full(like, [], value, isFloat(like.dtype) || Number.isInteger(value) && like.dtype !== 'bool' ? like.dtype : 'float32');
}

type WithoutAttributes = { [O in Op]: keyof OpAttributes[O] extends never ? O : never }[Op];
const unary = (op: WithoutAttributes) => (x: Term): Term => emit(op, [x], {});
const binary = (op: WithoutAttributes) => (a: Operand, b: Operand): Term => emit(op, terms(a, b), {});

export const neg = unary('neg');
export const abs = unary('abs');
export const sign = unary('sign');
export const exp = unary('exp');
export const log = unary('log');
export const sqrt = unary('sqrt');
export const rsqrt = unary('rsqrt');
export const square = unary('square');
export const sin = unary('sin');
export const cos = unary('cos');
export const sinh = unary('sinh');
export const cosh = unary('cosh');
export const tanh = unary('tanh');
export const erf = unary('erf');
export const floor = unary('floor');
export const trunc = unary('trunc');
export const sigmoid = unary('sigmoid');
export const add = binary('add');
export const sub = binary('sub');
export const mul = binary('mul');
export const div = binary('div');
export const pow = binary('pow');
export const eq = binary('eq');
export const ne = binary('ne');
export const lt = binary('lt');
export const le = binary('le');
export const gt = binary('gt');
export const ge = binary('ge');
export const and = binary('logical_and');
export const or = binary('logical_or');
export const matmul = binary('matmul');

export function where(condition: Term, a: Operand, b: Operand): Term {
  return emit('where', [condition, ...terms(a, b)], {});
}
export const cast = (x: Term, dtype: DType) => (x.dtype === dtype ? x : emit('cast', [x], { dtype }));
export const softplus = (x: Term) => emit('softplus', [x], { beta: 1, threshold: 20 });

export const sum = (x: Term, dim: readonly number[], keepdim = false) => emit('sum', [x], { dim, keepdim });
export const mean = (x: Term, dim: readonly number[], keepdim = false) => emit('mean', [x], { dim, keepdim });
export const cumsum = (x: Term, dim: number) => emit('cumsum', [x], { dim });
export const cumprod = (x: Term, dim: number) => emit('cumprod', [x], { dim });

export const reshape = (x: Term, shape: Shape) => emit('reshape', [x], { shape });
export const permute = (x: Term, dims: readonly number[]) => emit('permute', [x], { dims });
export const expand = (x: Term, shape: Shape) => emit('expand', [x], { shape });
export const flip = (x: Term, ...dims: number[]) => emit('flip', [x], { dims });
export const tril = (x: Term) => emit('tril', [x], { diagonal: 0 });
export const triu = (x: Term) => emit('triu', [x], { diagonal: 0 });
export const slice = (x: Term, dim: number, start: number, end: number, step = 1) => emit('slice', [x], { dim, start, end, step });
export const cat = (inputs: readonly Term[], dim: number) => emit('cat', inputs, { dim });
/** The matrix axes (the last two) exchanged. */
export function transpose(x: Term): Term {
  const rank = x.shape.length;
  return permute(x, x.shape.map((_, axis) => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis)));
}

export const gather = (x: Term, index: Term, dim: number) => emit('gather', [x, index], { dim });
export const scatter = (x: Term, index: Term, source: Term, dim: number) => emit('scatter', [x, index, source], { dim });
export const scatterAdd = (x: Term, index: Term, source: Term, dim: number) => emit('scatter_add', [x, index, source], { dim });
export const convolution = (x: Term, weight: Term, attributes: Convolution) => emit('convolution', [x, weight], attributes);
export const convolutionBackwardInput = (g: Term, weight: Term, inputShape: Shape, attributes: Convolution) =>
  emit('convolution_backward_input', [g, weight], { ...attributes, inputShape });
export const convolutionBackwardWeight = (g: Term, x: Term, weightShape: Shape, attributes: Convolution) =>
  emit('convolution_backward_weight', [g, x], { ...attributes, weightShape });
