// The optimizers that training knows: PyTorch's defaults, and one optimizer's state over all parameters of a model. The formulas are the
// engine's (`engine/optimizerStep.ts`).
import type { Engine, TensorBlock } from '../engine/engine.ts';
import { stateArrays, type FloatArray, type OptimizerSettings } from '../engine/optimizerStep.ts';
import type { Shape } from '../graph/tensorType.ts';
import type { OptimizerName } from '../protocol/report.ts';

/** PyTorch's defaults, the learning rate aside. */
export function optimizerSettings(name: OptimizerName, given: Partial<OptimizerSettings> & { readonly learningRate: number }): OptimizerSettings {
  return { momentum: 0, weightDecay: name === 'adamw' ? 0.01 : 0, nesterov: false, betas: [0.9, 0.999], alpha: 0.99, epsilon: 1e-8, ...given };
}

export class Optimizer {
  #step = 0;
  /** For each block of parameters what the rule keeps of it, array after array. */
  readonly #states = new Map<TensorBlock, TensorBlock>();

  constructor(private readonly engine: Engine, readonly name: OptimizerName, readonly settings: OptimizerSettings) {}

  /** Changes parameters in place. A block of parameters is always the same one, and its gradients lie as it does. */
  step(blocks: readonly { readonly parameters: TensorBlock; readonly gradients: TensorBlock }[]): void {
    this.#step++;
    for (const { parameters, gradients } of blocks) {
      this.engine.update({
        rule: this.name, settings: this.settings, step: this.#step, parameter: floats(parameters), gradient: floats(gradients),
        state: this.#stateOf(parameters),
      });
    }
  }

  /** Gives the state's memory back. */
  release(): void {
    for (const state of this.#states.values()) this.engine.free(state);
    this.#states.clear();
  }

  #stateOf(parameters: TensorBlock): readonly FloatArray[] {
    let state = this.#states.get(parameters);
    if (state === undefined) {
      const { dtype, shape } = parameters.whole;
      state = this.engine.allocate(dtype, new Array<Shape>(stateArrays[this.name]).fill(shape));
      state.whole.data.fill(0);
      this.#states.set(parameters, state);
    }
    return state.parts.map(({ data }) => data as FloatArray);
  }
}

function floats({ whole }: TensorBlock): FloatArray {
  return whole.data as FloatArray;
}
