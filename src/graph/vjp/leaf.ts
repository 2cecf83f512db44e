// What has no inputs has nothing to pass a gradient to.
import { noGradient, type VjpRules } from './vjpRule.ts';

export const leafVjps = {
  constant: noGradient, full: noGradient, arange: noGradient, eye: noGradient,
  uniform: noGradient, normal: noGradient, randint: noGradient, randperm: noGradient, bernoulli: noGradient,
} satisfies Partial<VjpRules>;
