// Limits of the findings, each with where it comes from. They are defaults: a host may hand in others.

/** Mean |a| against the layer's, at and below which a unit counts as dormant: what the figure itself means. ReDo, arXiv 2302.12902. */
export const dormantRatio = 0.025;

export interface Thresholds {
  /** Share of units that fire on no sample. keras-contrib `DeadReluDetector`: 10 %. */
  readonly inactiveUnitFraction: number;
  /** Samples from which on an inactive unit is called dead. Ours: below, a rare feature looks the same. */
  readonly deadSampleCount: number;
  /** Values per unit from which on "never fired" says something: a healthy unit misses 16 fair coin tosses once in 65,536. Ours. */
  readonly valuesPerUnit: number;
  /** Share of units that are dormant (`dormantRatio`) though they fire. Ours. */
  readonly dormantUnitFraction: number;
  /** Share of values in the flat parts of tanh or sigmoid. A. Karpathy, makemore part 3. */
  readonly saturatedFraction: number;
  /** Mean |gradient| of a layer's weights. SageMaker Debugger `VanishingGradient`: 1e-7. */
  readonly vanishedGradient: number;
  /** Mean |gradient| against the last layer's; its inverse is the limit the other way. Ours. */
  readonly gradientRatio: number;
  /** Share of the steps from a layer to the last one on which the gradient falls. Ours. */
  readonly fallingSteps: number;
  /** Largest against smallest variance over the layers. SageMaker Debugger `PoorWeightInitialization`: 10. */
  readonly varianceRatio: number;
  /** Cross-entropy of an untrained model against ln(C), the loss of guessing. CS231n notes 3 asks for about 1; the margin is ours. */
  readonly startLossRatio: number;
}

export const defaultThresholds: Thresholds = {
  inactiveUnitFraction: 0.1,
  deadSampleCount: 300,
  valuesPerUnit: 16,
  dormantUnitFraction: 0.25,
  saturatedFraction: 0.3,
  vanishedGradient: 1e-7,
  gradientRatio: 1e-3,
  fallingSteps: 0.75,
  varianceRatio: 10,
  startLossRatio: 1.5,
};
