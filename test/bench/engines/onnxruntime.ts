// onnxruntime-web on WASM: the forward workloads, as ONNX models made here.
import { createRequire } from 'node:module';
import { resnet18, resnetEpsilon } from '../resnet18.ts';
import { sampleOf } from '../samples.ts';
import type { BenchTensors } from '../tensorFile.ts';
import type { Workload, WorkloadId } from '../workloads.ts';
import { OnnxModel } from './onnxModel.ts';
import { serve, type Prepared } from './serve.ts';

/** What is used of the package's interface. */
interface Ort {
  readonly env: { readonly versions: { readonly common: string }; readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => unknown;
  readonly InferenceSession: { create(model: Uint8Array, options: { executionProviders: readonly string[] }): Promise<Session> };
}
interface Session {
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
  release(): Promise<void>;
}

const matmul = (tensors: BenchTensors): OnnxModel => {
  const model = new OnnxModel();
  const shape = tensors.a.shape;
  model.output(model.node('MatMul', [model.input('a', shape), model.input('b', shape)]), shape);
  return model;
};

const models: Readonly<Partial<Record<WorkloadId, (tensors: BenchTensors) => OnnxModel>>> = {
  'W1-512': matmul, 'W1-1024': matmul, 'W1-2048': matmul,
  W2: ({ x, weight, bias }) => {
    const model = new OnnxModel();
    const inputs = [model.input('x', x.shape), model.initializer('weight', weight), model.initializer('bias', bias)];
    model.output(model.node('Conv', inputs, { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [1, 1] }), x.shape);
    return model;
  },
  'W5-1': resnet, 'W5-8': resnet,
};

function resnet(tensors: BenchTensors): OnnxModel {
  const model = new OnnxModel();
  const parameter = (name: string) => model.initializer(name, tensors[name]);
  const output = resnet18<string>({
    convolution: (x, name, stride, padding) => {
      const [, , height, width] = tensors[`${name}.weight`].shape;
      return model.node('Conv', [x, parameter(`${name}.weight`)], { kernel_shape: [height, width], pads: [padding, padding, padding, padding], strides: [stride, stride] });
    },
    batchNorm: (x, name) => model.node('BatchNormalization', [
      x, ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => parameter(`${name}.${part}`)),
    ], { epsilon: { float: resnetEpsilon } }),
    relu: (x) => model.node('Relu', [x]),
    add: (x, y) => model.node('Add', [x, y]),
    maxPool: (x) => model.node('MaxPool', [x], { kernel_shape: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2] }),
    classify: (x) => {
      const pooled = model.node('Flatten', [model.node('GlobalAveragePool', [x])]);
      return model.node('Gemm', [pooled, parameter('fc.weight'), parameter('fc.bias')], { transB: 1 });
    },
  }, model.input('x', tensors.x.shape));
  model.output(output, [tensors.x.shape[0], 1000]);
  return model;
}

async function prepare({ id }: Workload, tensors: BenchTensors, threads: number): Promise<Prepared> {
  const model = models[id]?.(tensors);
  if (!model) throw new Error('onnxruntime-web does not train, and has no statistics');
  const ort = createRequire(`${process.env.BENCH_MODULES}/package.json`)('onnxruntime-web') as Ort;
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(model.toBytes(), { executionProviders: ['wasm'] });
  const inputs = id.startsWith('W1') ? ['a', 'b'] : ['x'];
  const feeds = Object.fromEntries(inputs.map((name) => [name, new ort.Tensor('float32', tensors[name].data as Float32Array, tensors[name].shape)]));
  let output: Float32Array | undefined;
  return {
    description: `onnxruntime-web ${ort.env.versions.common}`,
    variants: [{
      name: 'wasm', role: 'anchor', restart: () => {},
      step: async () => {
        output = (await session.run(feeds))[session.outputNames[0]].data;
      },
      figures: () => [sampleOf(output!)],
    }],
    close: () => void session.release(),
  };
}

await serve(prepare);
