// The workloads as recorded graphs, in PyTorch's semantics: the nodes that the Python shims record for the same modules.
import type { ValueId } from '../../src/graph/graph.ts';
import { typeOf } from '../../src/graph/graph.ts';
import type { Op, OpAttributes } from '../../src/graph/opAttributes.ts';
import { TraceBuilder } from '../analysis/traceBuilder.ts';
import { gpt, layerNormEpsilon } from './gptShapes.ts';
import { resnet18, resnetEpsilon } from './resnet18.ts';
import type { BenchTensors } from './tensorFile.ts';
import { isParameter, type Workload, type WorkloadId } from './workloads.ts';

export interface Network {
  readonly build: TraceBuilder;
  /** Each tensor's value, to be given to a plan. */
  readonly values: ReadonlyMap<string, ValueId>;
  readonly output: ValueId;
}

/** Writes one workload's nodes. A call per module, so that the report's rows, and with them the taps, are those of the real model. */
class Writer {
  readonly build = new TraceBuilder();
  readonly values = new Map<string, ValueId>();

  constructor(tensors: BenchTensors) {
    for (const [name, { shape, data }] of Object.entries(tensors)) {
      this.values.set(name, this.build.constant(shape, data, data instanceof Float32Array ? 'float32' : 'int64'));
    }
    if (this.values.has('x')) this.build.input(this.of('x'));
  }

  of(name: string): ValueId {
    return this.values.get(name)!;
  }
  shape(x: ValueId): readonly number[] {
    return typeOf(this.build.graph, x).shape;
  }
  op<O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O] = {} as OpAttributes[O]): ValueId {
    return this.build.op(name, inputs, attributes);
  }
  number(value: number): ValueId {
    return this.op('full', [], { shape: [], value, dtype: 'float32' });
  }

  /** A module `type` at `path` with its parameters, those that it has among weight and bias. */
  module(type: string, path: string, x: ValueId, body: (weight: ValueId, parameters: readonly ValueId[]) => ValueId): ValueId {
    const module = this.build.newModule();
    const parameters = ['weight', 'bias'].flatMap((name) => {
      const value = this.values.get(`${path}.${name}`);
      return value === undefined ? [] : [this.build.parameter(path, name, value, module)];
    });
    return this.build.call({ type, path, module }, [x], () => body(parameters[0], parameters));
  }
  linear(path: string, x: ValueId): ValueId {
    return this.module('Linear', path, x, (_, parameters) => this.op('linear', [x, ...parameters]));
  }
  convolution(path: string, x: ValueId, stride: number, padding: number): ValueId {
    return this.module('Conv2d', path, x, (_, parameters) => this.op('convolution', [x, ...parameters], convolution(stride, padding)));
  }
  relu(path: string, x: ValueId): ValueId {
    return this.module('ReLU', path, x, () => this.op('relu', [x]));
  }
  maxPool(path: string, x: ValueId, size: number, stride: number, padding: number): ValueId {
    const both = (n: number) => [n, n];
    return this.module('MaxPool2d', path, x, () => this.op('max_pool_with_indices', [x], {
      kernelSize: both(size), stride: both(stride), padding: both(padding), dilation: both(1), ceilMode: false,
    }));
  }
  reshape(x: ValueId, shape: readonly number[]): ValueId {
    return this.op('reshape', [x], { shape });
  }
}

const convolution = (stride: number, padding: number): OpAttributes['convolution'] => ({
  stride: [stride, stride], padding: [padding, padding], dilation: [1, 1], transposed: false, outputPadding: [0, 0], groups: 1,
});

/** `x` is the workload's input; the result is its output: what is sampled, or what the loss is taken of. */
const bodies: Readonly<Record<WorkloadId, (write: Writer) => ValueId>> = {
  'W1-512': matmul, 'W1-1024': matmul, 'W1-2048': matmul,
  W2: (write) => write.op('convolution', [write.of('x'), write.of('weight'), write.of('bias')], convolution(1, 1)),
  W3: (write) => {
    const hidden = write.relu('1', write.linear('0', write.of('x')));
    return write.linear('4', write.relu('3', write.linear('2', hidden)));
  },
  W4: (write) => {
    const block = (first: number, x: ValueId) => {
      const activation = write.relu(`${first + 1}`, write.convolution(`${first}`, x, 1, 0));
      return write.maxPool(`${first + 2}`, activation, 2, 2, 0);
    };
    const maps = block(3, block(0, write.of('x')));
    const flat = write.module('Flatten', '6', maps, () => write.reshape(maps, [write.shape(maps)[0], -1]));
    return write.linear('9', write.relu('8', write.linear('7', flat)));
  },
  'W5-1': resnet, 'W5-8': resnet,
  W6: (write) => write.of('x'),
  W7: smallGpt,
};

export function recordNetwork({ id }: Workload, tensors: BenchTensors): Network {
  const write = new Writer(tensors);
  const hasModules = Object.keys(tensors).some(isParameter);
  const body = () => bodies[id](write);
  const output = hasModules ? write.build.call({ type: 'Net', path: '', builtin: false }, [write.of('x')], body) : body();
  return { build: write.build, values: write.values, output };
}

function matmul(write: Writer): ValueId {
  return write.op('matmul', [write.of('a'), write.of('b')]);
}

function resnet(write: Writer): ValueId {
  let functions = 0;
  const names = { relu: () => `relu${functions++}` };
  return resnet18<ValueId>({
    convolution: (x, name, stride, padding) => write.convolution(name, x, stride, padding),
    // x · s + (bias − mean · s) with s = weight / √(var + ε)
    batchNorm: (x, name) => write.module('BatchNorm2d', name, x, (weight, [, bias]) => {
      const variance = write.op('add', [write.of(`${name}.running_var`), write.number(resnetEpsilon)]);
      const scale = write.op('mul', [write.op('rsqrt', [variance]), weight]);
      const shift = write.op('sub', [bias, write.op('mul', [write.of(`${name}.running_mean`), scale])]);
      const around = [1, write.shape(scale)[0], 1, 1];
      return write.op('add', [write.op('mul', [x, write.reshape(scale, around)]), write.reshape(shift, around)]);
    }),
    relu: (x) => write.relu(names.relu(), x),
    add: (x, y) => write.op('add', [x, y]),
    maxPool: (x) => write.maxPool('maxpool', x, 3, 2, 1),
    classify: (x) => {
      const pooled = write.module('AdaptiveAvgPool2d', 'avgpool', x, () => write.op('adaptive_avg_pool', [x], { outputSize: [1, 1] }));
      return write.linear('fc', write.reshape(pooled, [write.shape(x)[0], -1]));
    },
  }, write.of('x'));
}

function smallGpt(write: Writer): ValueId {
  const { layers, heads, width, time, batch } = gpt;
  const head = width / heads;
  const layerNorm = (path: string, x: ValueId) => write.module('LayerNorm', path, x, (_, parameters) =>
    write.op('native_layer_norm', [x, ...parameters], { normalizedRank: 1, eps: layerNormEpsilon }));
  const embedding = (path: string, indices: ValueId) => write.module('Embedding', path, indices, (weight) => write.op('embedding', [weight, indices]));
  const transpose = (x: ValueId, dims: readonly number[]) => write.op('permute', [x], { dims });

  const lower = write.op('tril', [write.op('full', [], { shape: [time, time], value: 1, dtype: 'float32' })], { diagonal: 0 });
  const isHidden = write.op('eq', [write.reshape(lower, [1, 1, time, time]), write.number(0)]);

  const attention = (path: string, x: ValueId): ValueId => {
    const projected = write.linear(`${path}.qkv`, layerNorm(`${path}.l1`, x));
    const [q, k, v] = [0, 1, 2].map((part) => {
      const own = write.op('slice', [projected], { dim: 2, start: part * width, end: (part + 1) * width, step: 1 });
      return transpose(write.reshape(own, [batch, time, heads, head]), [0, 2, 1, 3]);
    });
    const scores = write.op('mul', [write.op('matmul', [q, transpose(k, [0, 1, 3, 2])]), write.number(head ** -0.5)]);
    const weights = write.op('softmax', [write.op('where', [isHidden, write.number(-Infinity), scores])], { dim: -1 });
    const mixed = write.reshape(transpose(write.op('matmul', [weights, v]), [0, 2, 1, 3]), [batch, time, width]);
    return write.op('add', [x, write.linear(`${path}.proj`, mixed)]);
  };
  const feedForward = (path: string, x: ValueId): ValueId => {
    const inner = write.linear(`${path}.fc`, layerNorm(`${path}.l2`, x));
    return write.op('add', [x, write.linear(`${path}.out`, write.op('gelu', [inner], { approximate: 'none' }))]);
  };

  const positions = write.op('arange', [], { start: 0, step: 1, length: time, dtype: 'int64' });
  let x = write.op('add', [embedding('te', write.of('x')), embedding('pe', positions)]);
  for (let layer = 0; layer < layers; layer += 1) {
    const block = x;
    x = write.module('Block', `bl.${layer}`, block, () => feedForward(`bl.${layer}`, attention(`bl.${layer}`, block)));
  }
  const logits = write.linear('head', layerNorm('lf', x));
  return write.reshape(logits, [batch * time, -1]);
}
