// TensorFlow.js on its WASM backend: the same work with its core ops, images in its own order (N H W C). Threads need `tfjsThreads.cjs`.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gpt, layerNormEpsilon } from '../gptShapes.ts';
import { resnet18, resnetEpsilon } from '../resnet18.ts';
import { sampleOf } from '../samples.ts';
import type { BenchTensors } from '../tensorFile.ts';
import { isParameter, type Workload, type WorkloadId } from '../workloads.ts';
import { serve, type Prepared, type PreparedVariant } from './serve.ts';

/** tfjs's tensor; a variable is one too. */
interface Tensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
  dispose(): void;
}
type Tensors = Readonly<Record<string, Tensor>>;

const require = createRequire(`${process.env.BENCH_MODULES}/package.json`);
// The packages are no dependencies of the project, so their types are not there either.
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');

const rateOfAll = 1e-3;

async function prepare(workload: Workload, tensors: BenchTensors, threads: number): Promise<Prepared> {
  tf.enableProdMode();
  wasm.setWasmPaths(`${join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out')}/`);
  if (threads > 1) {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
    wasm.setThreadsCount(threads);
  }
  await tf.setBackend('wasm');
  await tf.ready();
  if (threads > 1 && wasm.getThreadsCount() !== threads) throw new Error(`tfjs runs ${wasm.getThreadsCount()} threads, not ${threads}`);
  const variant = workload.kind === 'training' ? training(workload.id, tensors) : workload.kind === 'statistics' ? moments(tensors) : forward(workload.id, tensors);
  return { description: `tfjs ${tf.version.tfjs}`, variants: [variant], close: () => {} };
}

/** In tfjs's order of axes: kernels H W in out, images N H W C, dense weights in out. */
function ordered(tensors: BenchTensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape, data }]) => {
    const tensor = tf.tensor(data, shape, data instanceof Float32Array ? 'float32' : 'int32');
    const isKernel = name.endsWith('weight');
    if (shape.length === 4) return [name, tf.transpose(tensor, isKernel ? [2, 3, 1, 0] : [0, 2, 3, 1])];
    return [name, isKernel && shape.length === 2 && !/^[tp]e\./.test(name) ? tf.transpose(tensor) : tensor];
  }));
}

/** Values in PyTorch's order. */
const values = (y: Tensor): Float32Array => (y.shape.length === 4 ? tf.transpose(y, [0, 3, 1, 2]) : y).dataSync();

const forwards: Readonly<Partial<Record<WorkloadId, (tensors: Tensors) => Tensor>>> = {
  'W1-512': matmul, 'W1-1024': matmul, 'W1-2048': matmul,
  W2: ({ x, weight, bias }) => tf.fused.conv2d({ x, filter: weight, strides: 1, pad: 'same', bias }),
  'W5-1': resnet, 'W5-8': resnet,
};

function matmul({ a, b }: Tensors): Tensor {
  return tf.matMul(a, b);
}

function resnet(tensors: Tensors): Tensor {
  return resnet18<Tensor>({
    convolution: (x, name, stride, padding) => tf.conv2d(x, tensors[`${name}.weight`], stride, padding, 'NHWC', 1, 'floor'),
    batchNorm: (x, name) => {
      const [offset, scale, mean, variance] = ['bias', 'weight', 'running_mean', 'running_var'].map((part) => tensors[`${name}.${part}`]);
      return tf.batchNorm(x, mean, variance, offset, scale, resnetEpsilon);
    },
    relu: (x) => tf.relu(x),
    add: (x, y) => tf.add(x, y),
    maxPool: (x) => tf.maxPool(x, 3, 2, 1, 'floor'),
    classify: (x) => tf.add(tf.matMul(tf.mean(x, [1, 2]), tensors['fc.weight']), tensors['fc.bias']),
  }, tensors.x);
}

function forward(id: WorkloadId, raw: BenchTensors): PreparedVariant {
  const tensors = ordered(raw);
  let output: Tensor | undefined;
  return {
    name: 'core ops', role: 'anchor', restart: () => {},
    step: () => {
      output?.dispose();
      output = tf.tidy(() => forwards[id]!(tensors)) as Tensor;
    },
    figures: () => [sampleOf(values(output!))],
  };
}

/** It has no histogram: moments and the share of zeros only. */
function moments(raw: BenchTensors): PreparedVariant {
  const { x } = ordered(raw);
  let found: readonly number[] = [];
  return {
    name: 'no histogram', role: 'anchor', restart: () => {},
    step: () => tf.tidy(() => {
      const { mean, variance } = tf.moments(x);
      const zeros = tf.mean(tf.cast(tf.equal(x, 0), 'float32'));
      found = [tf.min(x), tf.max(x), mean, tf.sqrt(variance), zeros].map((tensor: Tensor) => tensor.dataSync()[0]);
    }),
    figures: () => [found.slice(0, 4), found.slice(4)],
  };
}

const dense = (x: Tensor, name: string, p: Tensors): Tensor => tf.add(tf.matMul(x, p[`${name}.weight`]), p[`${name}.bias`]);

const logits: Readonly<Partial<Record<WorkloadId, (x: Tensor, parameters: Tensors) => Tensor>>> = {
  W3: (x, p) => dense(tf.relu(dense(tf.relu(dense(x, '0', p)), '2', p)), '4', p),
  W4: (x, p) => {
    const block = (input: Tensor, name: string) => tf.maxPool(tf.relu(tf.add(tf.conv2d(input, p[`${name}.weight`], 1, 'valid'), p[`${name}.bias`])), 2, 2, 'valid');
    // Flattened in PyTorch's order, so that the same weights apply.
    const flat = tf.reshape(tf.transpose(block(block(x, '0'), '3'), [0, 3, 1, 2]), [x.shape[0], -1]);
    return dense(tf.relu(dense(flat, '7', p)), '9', p);
  },
  W7: smallGpt,
};

function smallGpt(tokens: Tensor, p: Tensors): Tensor {
  const { layers, heads, width, time, batch } = gpt;
  const head = width / heads;
  const layerNorm = (x: Tensor, name: string): Tensor => {
    const { mean, variance } = tf.moments(x, -1, true);
    const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, layerNormEpsilon)));
    return tf.add(tf.mul(normal, p[`${name}.weight`]), p[`${name}.bias`]);
  };
  const gelu = (x: Tensor): Tensor => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1));
  const hidden = tf.mul(tf.sub(tf.linalg.bandPart(tf.ones([time, time]), -1, 0), 1), 1e9);
  // A product with one-hot rows: the gradient of tfjs's gather is slower.
  const embedded = tf.matMul(tf.cast(tf.oneHot(tf.reshape(tokens, [-1]), gpt.vocabulary), 'float32'), p['te.weight']);
  let x: Tensor = tf.reshape(tf.add(tf.reshape(embedded, [batch, time, width]), p['pe.weight']), [batch * time, width]);
  for (let layer = 0; layer < layers; layer += 1) {
    const path = `bl.${layer}`;
    const projected = tf.transpose(tf.reshape(dense(layerNorm(x, `${path}.l1`), `${path}.qkv`, p), [batch, time, 3, heads, head]), [2, 0, 3, 1, 4]);
    const [q, k, v] = tf.split(projected, 3, 0).map((part: Tensor) => tf.reshape(part, [batch * heads, time, head]));
    const weights = tf.softmax(tf.add(tf.mul(tf.matMul(q, k, false, true), head ** -0.5), hidden));
    const mixed = tf.reshape(tf.transpose(tf.reshape(tf.matMul(weights, v), [batch, heads, time, head]), [0, 2, 1, 3]), [batch * time, width]);
    x = tf.add(x, dense(mixed, `${path}.proj`, p));
    x = tf.add(x, dense(gelu(dense(layerNorm(x, `${path}.l2`), `${path}.fc`, p)), `${path}.out`, p));
  }
  return tf.matMul(layerNorm(x, 'lf'), p['head.weight']);
}

/** Adam, also where PyTorch's is AdamW, which tfjs does not have: the work is nearly the same. */
function training(id: WorkloadId, raw: BenchTensors): PreparedVariant {
  const tensors = ordered(raw);
  const { x, y } = tensors;
  const parameters: Record<string, Tensor> = {};
  for (const [name, tensor] of Object.entries(tensors)) if (isParameter(name)) parameters[name] = tf.variable(tensor);
  const classes = id === 'W7' ? gpt.vocabulary : 10;
  const targets = tf.cast(tf.oneHot(tf.reshape(y, [-1]), classes), 'float32');
  const loss = () => tf.losses.softmaxCrossEntropy(targets, logits[id]!(x, parameters));
  let optimizer = tf.train.adam(rateOfAll, 0.9, 0.999, 1e-8);
  let last: Tensor | undefined;
  return {
    name: 'core ops', role: 'anchor',
    restart: () => {
      optimizer.dispose();
      optimizer = tf.train.adam(rateOfAll, 0.9, 0.999, 1e-8);
      for (const [name, variable] of Object.entries(parameters)) (variable as Tensor & { assign(value: Tensor): void }).assign(tensors[name]);
    },
    step: () => {
      last?.dispose();
      last = optimizer.minimize(loss, true) as Tensor;
    },
    figures: () => [[last!.dataSync()[0]]],
  };
}

await serve(prepare);
