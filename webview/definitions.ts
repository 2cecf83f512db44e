// What each figure on screen means, as its tooltip and in "How these are defined". One sentence each; data only.

export const definitions = {
  zeros: 'Share of values that are exactly 0. About 50 % after ReLU on zero-mean input is healthy.',
  inactive: 'Units of a ReLU-like function that fired (were > 0) on none of the samples seen. A unit is a feature of the last axis, or a channel of a convolution.',
  dormant: 'Units whose mean |activation| is at most 0.025 of the layer’s mean.',
  saturated: 'Share of values in the flat part of the function: |tanh| > 0.97, sigmoid outside (0.015, 0.985).',
  activation: 'Mean ± standard deviation (of the population) of the function’s output, over the finite values.',
  preActivation: 'Mean ± standard deviation of what goes into the activation function: the layer’s linear output.',
  output: 'Mean ± standard deviation of the layer’s output, over the finite values.',
  gradientNorm: 'L2 norm of the gradient of the loss with respect to this output. The bar’s axis is logarithmic and shared by all rows.',
  meanGradient: 'Mean of |gradient| of the loss with respect to this output.',
  maxGradient: 'Largest |gradient| of the loss with respect to this output.',
  gradToData: 'Standard deviation of a weight’s gradient divided by that of the weight.',
  updateToData: 'log10 of std(update) / std(weight) in the last step; about −3 is healthy.',
  parameters: 'Number of elements of the layer’s own parameters.',
  flops: 'Floating-point operations of one call; a multiply-add counts as 2.',
  outputShape: 'Shape of what the call returned, with the batch first.',
  distribution: 'Values of the activation (filled) over those before the function (outline), in 64 equal bins. Exact zeros are drawn apart, their height being their share.',
  firing: 'One square per unit, the fuller the larger its share of values > 0. Outlined: fired on none of the samples.',
} as const;

export type FigureName = keyof typeof definitions;

/** The names that "How these are defined" gives the figures, in its order. */
export const definitionTitles: readonly (readonly [string, FigureName])[] = [
  ['Zeros', 'zeros'], ['Inactive units', 'inactive'], ['Dormant units', 'dormant'], ['Saturated', 'saturated'], ['Distribution', 'distribution'],
  ['Gradient norm', 'gradientNorm'], ['Grad : data', 'gradToData'], ['Update : data', 'updateToData'], ['FLOPs', 'flops'],
];
