// The optimizers that training knows: PyTorch's defaults, and one optimizer's state over all parameters of a model. The formulas are the
// engine's (`engine/optimizerStep.ts`).
import type { Engine, TensorBlock } from '../engine/engine.ts';
import { stateArrays, type FloatArray, type OptimizerSettings } from '../engine/optimizerStep.ts';
import type { OptimizerName } from '../protocol/report.ts';

/** PyTorch's defaults, the learning rate aside. */
export function optimizerSettings(name: OptimizerName, given: Partial<OptimizerSettings> & { readonly learningRate: number }): OptimizerSettings {
  return { momentum: 0, weightDecay: name === 'adamw' ? 0.01 : 0, nesterov: false, betas: [0.9, 0.999], alpha: 0.99, epsilon: 1e-8, ...given };
}

export class Optimizer {
  #step = 0;
  readonly #states = new Map<TensorBlock, readonly TensorBlock[]>();

  constructor(private readonly engine: Engine, readonly name: OptimizerName, readonly settings: OptimizerSettings) {}

  /** Changes parameters in place. A block of parameters is always the same one, and its gradients lie as it does. */
  step(blocks: readonly { readonly parameters: TensorBlock; readonly gradients: TensorBlock }[]): void {
    this.#step++;
    for (const { parameters, gradients } of blocks) {
      this.engine.update({
        rule: this.name, settings: this.settings, step: this.#step, parameter: floats(parameters), gradient: floats(gradients),
        state: this.#stateOf(parameters).map(floats),
      });
    }
  }

  /** Gives the state's memory back. */
  release(): void {
    for (const state of this.#states.values()) for (const block of state) this.engine.free(block);
    this.#states.clear();
  }

  #stateOf(parameters: TensorBlock): readonly TensorBlock[] {
    let state = this.#states.get(parameters);
    if (state === undefined) {
      const { dtype, shape } = parameters.whole;
      state = Array.from({ length: stateArrays[this.name] }, () => this.engine.allocate(dtype, [shape]));
      for (const block of state) block.whole.data.fill(0);
      this.#states.set(parameters, state);
    }
    return state;
  }
}

function floats({ whole }: TensorBlock): FloatArray {
  return whole.data as FloatArray;
}
