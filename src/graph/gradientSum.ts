// The gradient of one value as the sum of what its uses contribute. Tensors are added as they come. Contributions of a form that is cheaper to make
// together wait for each other: gradients of slices that share no element become one concatenation, where each by itself would be a tensor of
// the value's whole size and an addition.
import { stretchedAxes } from './broadcast.ts';
import { add, cast, cat, emit, full, reshape, sum, zerosLike, Term } from './emitter.ts';
import type { Op } from './opAttributes.ts';
import { OpError } from './opError.ts';
import { formatShape, sameShape, type TensorType } from './tensorType.ts';
import { SliceGradient, type Contribution } from './vjp/vjpRule.ts';

export class GradientSum {
  #total: Term | undefined;
  /** Of one axis, one after the other along it, none over another. */
  readonly #slices: SliceGradient[] = [];

  constructor(private readonly value: Term) {}

  /** `op`: whose derivative it is. Throws `OpError` for a tensor that the value cannot have been broadcast to. */
  add(contribution: Contribution, op: Op): void {
    if (contribution instanceof SliceGradient) this.#addSlice(contribution);
    else this.#addTensor(fitted(contribution, this.value.type, op));
  }

  /** All that has been added, of the value's type. */
  total(): Term {
    this.#joinSlices();
    return this.#total!;
  }

  #addTensor(tensor: Term): void {
    this.#total = this.#total === undefined ? tensor : add(tensor, this.#total);
  }

  #addSlice(slice: SliceGradient): void {
    const { dim, start, end, step } = slice.at;
    if (step !== 1) {
      this.#addTensor(this.#scattered(slice));
      return;
    }
    const isOfOther = this.#slices.length > 0 && this.#slices[0].at.dim !== dim;
    if (isOfOther || this.#slices.some(({ at }) => start < at.end && at.start < end)) this.#joinSlices();
    const next = this.#slices.findIndex(({ at }) => at.start >= end);
    this.#slices.splice(next < 0 ? this.#slices.length : next, 0, slice);
  }

  #joinSlices(): void {
    const slices = this.#slices.splice(0);
    if (slices.length === 0) return;
    this.#addTensor(slices.length === 1 ? this.#scattered(slices[0]) : this.#concatenated(slices));
  }

  #scattered({ part, at }: SliceGradient): Term {
    const zeros = zerosLike(new Term(part.graph, this.value.id, part.origin));
    return emit('slice_scatter', [zeros, cast(part, this.value.dtype)], at);
  }

  /** Zeros where no slice is. */
  #concatenated(slices: readonly SliceGradient[]): Term {
    const { dtype, shape } = this.value;
    const { dim } = slices[0].at;
    const pieces: Term[] = [];
    const zerosFor = (like: Term, length: number): void => {
      if (length > 0) pieces.push(full(like, shape.with(dim, length), 0, dtype));
    };
    let end = 0;
    for (const { part, at } of slices) {
      zerosFor(part, at.start - end);
      pieces.push(cast(part, dtype));
      end = at.end;
    }
    zerosFor(slices[0].part, shape[dim] - end);
    return cat(pieces, dim);
  }
}

/** A gradient brought to its value's type: what was broadcast is added up, what was promoted cast back. */
function fitted(gradient: Term, { dtype, shape }: TensorType, op: Op): Term {
  let result = gradient;
  if (!sameShape(result.shape, shape)) {
    const { leading, ones } = stretchedAxes(shape, result.shape);
    const axes = [...leading, ...ones];
    if (axes.length > 0) result = sum(result, axes, true);
    if (leading.length > 0) result = reshape(result, result.shape.slice(leading.length));
    if (!sameShape(result.shape, shape)) {
      throw new OpError(`the derivative of ${op} has the shape ${formatShape(gradient.shape)}, its input ${formatShape(shape)}`);
    }
  }
  return cast(result, dtype);
}
