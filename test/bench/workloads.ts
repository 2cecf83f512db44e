// What is measured: W1–W7 with their cases, the numbers each begins with, and the goal. How an engine does a workload is the engine's own
// file; ours records the networks of `networks.ts`.
import { Draws } from './draws.ts';
import { gpt, gptShapes } from './gptShapes.ts';
import { resnet18Shapes } from './resnet18.ts';
import type { BenchTensors } from './tensorFile.ts';

export type WorkloadId = 'W1-512' | 'W1-1024' | 'W1-2048' | 'W2' | 'W3' | 'W4' | 'W5-1' | 'W5-8' | 'W6' | 'W7';

export interface Workload {
  readonly id: WorkloadId;
  readonly title: string;
  readonly kind: 'forward' | 'training' | 'statistics';
  /** Most that ours, 2 threads, may take of PyTorch's time with 2 threads. */
  readonly goal: number;
  /** Floating-point operations of a step, where it is one kernel's work; a multiply-add counts two. */
  readonly flops: number | null;
  /** Inputs by short names (`x`, `y`); parameters and buffers by their PyTorch names, which hold a dot. */
  tensors(): BenchTensors;
}

export const isParameter = (name: string): boolean => name.includes('.');

/** Shapes by name → draws as PyTorch's layers make them by default. */
function defaultParameters(draws: Draws, shapes: Readonly<Record<string, readonly number[]>>): BenchTensors {
  const fanIn = (name: string) => shapes[`${name.slice(0, name.lastIndexOf('.'))}.weight`].slice(1).reduce((product, size) => product * size, 1);
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, draws.layer(shape, fanIn(name))]));
}

const matmul = (n: 512 | 1024 | 2048): Workload => ({
  id: `W1-${n}`, title: `matmul ${n}`, kind: 'forward', goal: 2.6, flops: 2 * n ** 3,
  tensors() {
    const draws = new Draws(this.id);
    return { a: draws.uniform([n, n]), b: draws.uniform([n, n]) };
  },
});

const resnet = (batch: 1 | 8): Workload => ({
  id: `W5-${batch}`, title: `ResNet-18 forward 224², batch ${batch}`, kind: 'forward', goal: 2, flops: 2 * 1.814e9 * batch,
  tensors() {
    const draws = new Draws('W5');
    // He's initialization; statistics near those of a new network, so that no activation grows out of float32.
    const parameters = Object.entries(resnet18Shapes()).map(([name, shape]) => {
      if (shape.length === 4) return [name, draws.normal(shape, Math.sqrt(2 / (shape[0] * shape[2] * shape[3])))];
      if (name.startsWith('fc')) return [name, draws.layer(shape, 512)];
      return [name, /bias|mean/.test(name) ? draws.normal(shape, 0.1) : draws.uniform(shape, 0.5, 1.5)];
    });
    return { x: draws.normal([batch, 3, 224, 224]), ...Object.fromEntries(parameters) };
  },
});

export const workloads: readonly Workload[] = [
  matmul(512), matmul(1024), matmul(2048),
  {
    id: 'W2', title: 'convolution 64→64, 3×3 on 56², batch 32', kind: 'forward', goal: 1.8, flops: 2 * 32 * 56 * 56 * 64 * 64 * 9,
    tensors() {
      const draws = new Draws(this.id);
      return { x: draws.uniform([32, 64, 56, 56]), weight: draws.layer([64, 64, 3, 3], 576), bias: draws.layer([64], 576) };
    },
  },
  {
    id: 'W3', title: 'MLP 784-256-128-10, Adam step, batch 64', kind: 'training', goal: 0.65, flops: null,
    tensors() {
      const draws = new Draws(this.id);
      const shapes = { '0.weight': [256, 784], '0.bias': [256], '2.weight': [128, 256], '2.bias': [128], '4.weight': [10, 128], '4.bias': [10] };
      return { x: draws.uniform([64, 784]), y: draws.integers([64], 10), ...defaultParameters(draws, shapes) };
    },
  },
  {
    id: 'W4', title: 'small MNIST CNN, Adam step, batch 64', kind: 'training', goal: 0.7, flops: null,
    tensors() {
      const draws = new Draws(this.id);
      const shapes = {
        '0.weight': [32, 1, 3, 3], '0.bias': [32], '3.weight': [64, 32, 3, 3], '3.bias': [64], '7.weight': [128, 1600], '7.bias': [128],
        '9.weight': [10, 128], '9.bias': [10],
      };
      return { x: draws.uniform([64, 1, 28, 28]), y: draws.integers([64], 10), ...defaultParameters(draws, shapes) };
    },
  },
  resnet(1), resnet(8),
  {
    id: 'W6', title: 'histogram and moments of 16M floats', kind: 'statistics', goal: 0.15, flops: null,
    tensors() {
      return { x: new Draws(this.id).sparse([16_000_000], 0.3) };
    },
  },
  {
    id: 'W7', title: `GPT of ${gpt.layers} blocks, AdamW step, batch ${gpt.batch}×${gpt.time}`, kind: 'training', goal: 1, flops: null,
    tensors() {
      const draws = new Draws(this.id);
      const { batch, time, vocabulary } = gpt;
      const parameters = Object.entries(gptShapes()).map(([name, shape]) => {
        if (/\.(l1|l2)\.|^lf\./.test(name)) return [name, name.endsWith('weight') ? draws.uniform(shape, 1, 1) : draws.uniform(shape, 0, 0)];
        // nn.Embedding draws from N(0, 1)
        return [name, /^[tp]e\./.test(name) ? draws.normal(shape) : draws.layer(shape, shape.length === 2 ? shape[1] : gptShapes()[name.replace('bias', 'weight')][1])];
      });
      return { x: draws.integers([batch, time], vocabulary), y: draws.integers([batch, time], vocabulary), ...Object.fromEntries(parameters) };
    },
  },
];
