// The optimizers, with PyTorch's update formulas (torch.optim, single-tensor form), one update rule each. State is kept per
// parameter in the parameter's own type, as PyTorch keeps it; arithmetic within an element is in float64.
import type { OptimizerName } from '../protocol/report.ts';

export interface OptimizerSettings {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
  /** Decay of the first and second moment (Adam, AdamW). */
  readonly betas: readonly [number, number];
  /** Decay of the mean square (RMSprop). */
  readonly alpha: number;
  readonly epsilon: number;
}

/** PyTorch's defaults, the learning rate aside. */
export function optimizerSettings(name: OptimizerName, given: Partial<OptimizerSettings> & { readonly learningRate: number }): OptimizerSettings {
  return { momentum: 0, weightDecay: name === 'adamw' ? 0.01 : 0, nesterov: false, betas: [0.9, 0.999], alpha: 0.99, epsilon: 1e-8, ...given };
}

export type FloatArray = Float32Array | Float64Array;

/** `p`: value, `g`: gradient, `state`: the rule's own arrays, zero at the start, `t`: step from 1. Writes the new value to `out`. */
type UpdateRule = (p: FloatArray, g: FloatArray, out: FloatArray, state: readonly FloatArray[], t: number, settings: OptimizerSettings) => void;

const rules: Readonly<Record<OptimizerName, { readonly stateArrays: number; readonly update: UpdateRule }>> = {
  // d = g + λp;  b = μb + d (b = d at first);  p ← p − η (d + μb with Nesterov, else b)
  sgd: {
    stateArrays: 1,
    update: (p, g, out, [buffer], t, { learningRate, momentum, weightDecay, nesterov }) => {
      for (let i = 0; i < p.length; i++) {
        let d = g[i] + weightDecay * p[i];
        if (momentum !== 0) {
          buffer[i] = t === 1 ? d : momentum * buffer[i] + d;
          d = nesterov ? d + momentum * buffer[i] : buffer[i];
        }
        out[i] = p[i] - learningRate * d;
      }
    },
  },
  // g ← g + λp, then `adamStep`
  adam: { stateArrays: 2, update: (p, g, out, state, t, settings) => adamStep(p, g, out, state, t, settings, settings.weightDecay, 1) },
  // p ← (1 − ηλ) p, then `adamStep`
  adamw: {
    stateArrays: 2,
    update: (p, g, out, state, t, settings) => adamStep(p, g, out, state, t, settings, 0, 1 - settings.learningRate * settings.weightDecay),
  },
  // v = αv + (1 − α) d²;  p ← p − η d / (√v + ε), the quotient through a momentum buffer where there is momentum
  rmsprop: {
    stateArrays: 2,
    update: (p, g, out, [meanSquare, buffer], _t, { learningRate, momentum, weightDecay, alpha, epsilon }) => {
      for (let i = 0; i < p.length; i++) {
        const d = g[i] + weightDecay * p[i];
        meanSquare[i] = alpha * meanSquare[i] + (1 - alpha) * d * d;
        let quotient = d / (Math.sqrt(meanSquare[i]) + epsilon);
        if (momentum > 0) quotient = buffer[i] = momentum * buffer[i] + quotient;
        out[i] = p[i] - learningRate * quotient;
      }
    },
  },
};

/** m = β₁m + (1 − β₁) g;  v = β₂v + (1 − β₂) g²;  p ← p − η/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε) */
function adamStep(
  p: FloatArray, g: FloatArray, out: FloatArray, [m, v]: readonly FloatArray[], t: number,
  { learningRate, betas: [beta1, beta2], epsilon }: OptimizerSettings, decay: number, shrink: number,
): void {
  const stepSize = learningRate / (1 - beta1 ** t);
  const root = Math.sqrt(1 - beta2 ** t);
  for (let i = 0; i < p.length; i++) {
    const d = g[i] + decay * p[i];
    m[i] += (1 - beta1) * (d - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * d * d;
    out[i] = shrink * p[i] - stepSize * m[i] / (Math.sqrt(v[i]) / root + epsilon);
  }
}

export class Optimizer {
  #step = 0;
  readonly #state: FloatArray[][] = [];

  constructor(readonly name: OptimizerName, readonly settings: OptimizerSettings) {}

  /** New values of all parameters, in fresh arrays: the given ones may be in use by whoever ran the model. */
  step(parameters: readonly FloatArray[], gradients: readonly FloatArray[]): FloatArray[] {
    this.#step++;
    const { stateArrays, update } = rules[this.name];
    return parameters.map((parameter, index) => {
      const state = (this.#state[index] ??= Array.from({ length: stateArrays }, () => zerosLike(parameter)));
      const next = zerosLike(parameter);
      update(parameter, gradients[index], next, state, this.#step, this.settings);
      return next;
    });
  }
}

function zerosLike(array: FloatArray): FloatArray {
  return array instanceof Float64Array ? new Float64Array(array.length) : new Float32Array(array.length);
}
