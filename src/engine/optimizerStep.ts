// One step of an optimizer: the update formulas of torch.optim (single-tensor form), one rule each. State is kept in the parameter's own type, as
// PyTorch keeps it; this definition computes within an element in float64.

export type UpdateRuleName = 'sgd' | 'adam' | 'adamw' | 'rmsprop';

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

export type FloatArray = Float32Array | Float64Array;

/** Arrays of equal length and type; `parameter` and `state` are changed in place. */
export interface OptimizerStep {
  readonly rule: UpdateRuleName;
  readonly settings: OptimizerSettings;
  /** From 1. */
  readonly step: number;
  readonly parameter: FloatArray;
  readonly gradient: FloatArray;
  /** The rule's own arrays, zero at the start: as many as `stateArrays` says. */
  readonly state: readonly FloatArray[];
}

export const stateArrays: Readonly<Record<UpdateRuleName, number>> = { sgd: 1, adam: 2, adamw: 2, rmsprop: 2 };

const rules: Readonly<Record<UpdateRuleName, (step: OptimizerStep) => void>> = {
  // d = g + λp;  b = μb + d (b = d at first);  p ← p − η (d + μb with Nesterov, else b)
  sgd: ({ parameter: p, gradient: g, state: [buffer], step, settings: { learningRate, momentum, weightDecay, nesterov } }) => {
    for (let i = 0; i < p.length; i++) {
      let d = g[i] + weightDecay * p[i];
      if (momentum !== 0) {
        buffer[i] = step === 1 ? d : momentum * buffer[i] + d;
        d = nesterov ? d + momentum * buffer[i] : buffer[i];
      }
      p[i] -= learningRate * d;
    }
  },
  // g ← g + λp, then `adamStep`
  adam: (step) => adamStep(step, step.settings.weightDecay, 1),
  // p ← (1 − ηλ) p, then `adamStep`
  adamw: (step) => adamStep(step, 0, 1 - step.settings.learningRate * step.settings.weightDecay),
  // v = αv + (1 − α) d²;  p ← p − η d / (√v + ε), the quotient through a momentum buffer where there is momentum
  rmsprop: ({ parameter: p, gradient: g, state: [meanSquare, buffer], settings: { learningRate, momentum, weightDecay, alpha, epsilon } }) => {
    for (let i = 0; i < p.length; i++) {
      const d = g[i] + weightDecay * p[i];
      meanSquare[i] = alpha * meanSquare[i] + (1 - alpha) * d * d;
      let quotient = d / (Math.sqrt(meanSquare[i]) + epsilon);
      if (momentum > 0) quotient = buffer[i] = momentum * buffer[i] + quotient;
      p[i] -= learningRate * quotient;
    }
  },
};

/** m = β₁m + (1 − β₁) g;  v = β₂v + (1 − β₂) g²;  p ← p − η/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε) */
function adamStep(
  { parameter: p, gradient: g, state: [m, v], step, settings: { learningRate, betas: [beta1, beta2], epsilon } }: OptimizerStep, decay: number, shrink: number,
): void {
  const stepSize = learningRate / (1 - beta1 ** step);
  const root = Math.sqrt(1 - beta2 ** step);
  for (let i = 0; i < p.length; i++) {
    const d = g[i] + decay * p[i];
    m[i] += (1 - beta1) * (d - m[i]);
    v[i] = beta2 * v[i] + (1 - beta2) * d * d;
    p[i] = shrink * p[i] - stepSize * m[i] / (Math.sqrt(v[i]) / root + epsilon);
  }
}

/** The definition of an optimizer's step. */
export function takeStep(step: OptimizerStep): void {
  rules[step.rule](step);
}
