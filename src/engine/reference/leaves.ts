// Values made from attributes alone. Constants are not here: they are the session's, and the plan is handed them.
import { drawNormal } from '../normalNumbers.ts';
import { drawBernoulli, drawPermutation, drawIntegers, drawUniform } from '../random.ts';
import type { Kernels } from './kernel.ts';

export const leafKernels: Kernels<'full' | 'arange' | 'eye' | 'uniform' | 'normal' | 'randint' | 'randperm' | 'bernoulli'> = {
  full: (_, { value }, [y]) => {
    y.data.fill(value);
  },
  arange: (_, { start, step, length }, [y]) => {
    for (let i = 0; i < length; i += 1) y.data[i] = start + i * step;
  },
  eye: (_, { n, m }, [y]) => {
    y.data.fill(0);
    for (let i = 0; i < Math.min(n, m); i += 1) y.data[i * m + i] = 1;
  },
  uniform: (_, attributes, [y]) => drawUniform(y.data, attributes),
  normal: (_, attributes, [y]) => drawNormal(y.data, attributes),
  randint: (_, attributes, [y]) => drawIntegers(y.data, attributes),
  randperm: (_, attributes, [y]) => drawPermutation(y.data, attributes),
  bernoulli: (_, attributes, [y]) => drawBernoulli(y.data, attributes),
};
