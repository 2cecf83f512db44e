// Data for models that fit no picture: normal inputs, and targets that are a fixed smooth function of them.
import { RandomSource } from '../randomSource.ts';

/** Inputs that each output of a made-up function reads: few, so that a small model can learn which. */
const readInputs = 4;

/** A function from `inputs` to `outputs` numbers, the same for the same seed: sums of some inputs, bent by a sine. */
export class MadeUpFunction {
  readonly #reads: Int32Array;
  readonly #weights: Float32Array;

  constructor(private readonly inputs: number, readonly outputs: number, seed: number) {
    const random = new RandomSource(seed, -1);
    const count = Math.min(readInputs, inputs);
    this.#reads = Int32Array.from({ length: outputs * count }, () => random.integer(inputs));
    this.#weights = Float32Array.from({ length: outputs * count }, () => random.normal() / Math.sqrt(count));
  }

  /** Values of the order of 1. */
  apply(x: ArrayLike<number>, offset = 0): Float32Array {
    const count = this.#weights.length / this.outputs;
    const y = new Float32Array(this.outputs);
    for (let output = 0; output < this.outputs; output++) {
      let sum = 0;
      for (let read = output * count; read < (output + 1) * count; read++) sum += this.#weights[read] * x[offset + this.#reads[read]];
      // One input has a curve to follow, several a slope that bends.
      y[output] = this.inputs === 1 ? Math.sin(2.5 * x[offset] + output) : Math.sin(1.5 * sum);
    }
    return y;
  }
}
