// Optimizer steps as commands of the kernels: which kernel a rule has, and the numbers that it reads (assembly/optimizer.ts).
import type { OptimizerStep, UpdateRuleName } from '../optimizerStep.ts';
import type { KernelName } from './kernels.ts';

interface UpdateKernel {
  readonly kernel: KernelName;
  numbers(step: OptimizerStep): Readonly<Record<string, number>>;
}

const adam = (decay: (step: OptimizerStep) => number, shrink: (step: OptimizerStep) => number): UpdateKernel => ({
  kernel: 'adam',
  numbers: (step) => {
    const { learningRate, betas: [beta1, beta2], epsilon } = step.settings;
    return {
      decay: decay(step), shrink: shrink(step), rest1: 1 - beta1, rest2: 1 - beta2,
      size: learningRate / (1 - beta1 ** step.step), scale: 1 / Math.sqrt(1 - beta2 ** step.step), epsilon,
    };
  },
});

export const updateKernels: Readonly<Record<UpdateRuleName, UpdateKernel>> = {
  sgd: {
    kernel: 'sgd',
    numbers: ({ step, settings: { weightDecay, momentum, learningRate, nesterov } }) =>
      ({ weightDecay, momentum, learningRate, isFirst: step === 1 ? 1 : 0, isNesterov: nesterov ? 1 : 0 }),
  },
  adam: adam(({ settings }) => settings.weightDecay, () => 1),
  adamw: adam(() => 0, ({ settings }) => 1 - settings.learningRate * settings.weightDecay),
  rmsprop: {
    kernel: 'rmsprop',
    numbers: ({ settings: { weightDecay, momentum, learningRate, alpha, epsilon } }) =>
      ({ weightDecay, momentum, learningRate, rest: 1 - alpha, epsilon }),
  },
};
