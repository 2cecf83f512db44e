/// <reference path="./webAssembly.d.ts" />
// Whether a module of kernels computes what another one does: asked before trusting one that was compiled with a V8 feature that is still being tried.
// Results and gradients of products, convolutions, normalizations, attention, chains and reductions of a few sizes, with edges and without; the figures
// of what is given; a step of each optimizer.
import { emptyGraph, noOrigin, typeOf, type Graph, type ValueId } from '../../graph/graph.ts';
import { gradient } from '../../graph/gradient.ts';
import type { Op, OpAttributes } from '../../graph/opAttributes.ts';
import { record } from '../../graph/record.ts';
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import { runGraph } from '../engine.ts';
import type { Measure } from '../measure.ts';
import { stateArrays, type OptimizerSettings, type UpdateRuleName } from '../optimizerStep.ts';
import type { Tensor } from '../tensor.ts';
import { WasmEngine } from './wasmEngine.ts';

/** Fused multiply-adds and their order may differ; wrong lanes differ by as much as the numbers themselves. */
const TOLERANCE = 1e-4;
const MEMORY_LIMIT_BYTES = 2 ** 28;

/** Numbers of both signs without a pattern that a wrong lane would keep. */
function numbers(shape: Shape, salt: number): Tensor {
  return { dtype: 'float32', shape, data: Float32Array.from({ length: elementCount(shape) }, (_, n) => Math.sin(1 + 12.9898 * n + 78.233 * salt)) };
}

class Trial {
  readonly graph: Graph = emptyGraph();
  readonly tensors: Tensor[] = [];
  readonly inputs: ValueId[] = [];

  input(...shape: readonly number[]): ValueId {
    this.tensors.push(numbers(shape, this.tensors.length));
    const [value] = this.all('constant', [], { data: this.tensors.length - 1, dtype: 'float32', shape });
    this.inputs.push(value);
    return value;
  }
  all<O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O]): readonly ValueId[] {
    return record(this.graph, name, inputs, attributes, noOrigin);
  }
  op<O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O]): ValueId {
    return this.all(name, inputs, attributes)[0];
  }
}

const convolution = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], transposed: false, outputPadding: [0, 0], groups: 1 };

/** Each with gradients for all that it is made of. */
function results(trial: Trial): ValueId[] {
  const linear = trial.op('linear', [trial.input(37, 65), trial.input(53, 65), trial.input(53)], {});
  const square = trial.op('matmul', [trial.input(48, 600), trial.input(600, 64)], {});
  // By Winograd's filtering, as a matrix product, and each channel by itself.
  const image = trial.op('convolution', [trial.input(2, 16, 24, 25), trial.input(32, 16, 3, 3), trial.input(32)], convolution);
  const strided = trial.op('convolution', [image, trial.input(8, 32, 3, 3), trial.input(8)], { ...convolution, stride: [2, 2] });
  const depthwise = trial.op('convolution', [strided, trial.input(8, 1, 3, 3)], { ...convolution, groups: 8 });
  const heads = [0, 1, 2].map(() => trial.input(2, 2, 50, 16));
  return [
    trial.op('gelu', [linear], { approximate: 'none' }), trial.op('tanh', [square], {}), trial.op('relu', [image], {}), trial.op('silu', [depthwise], {}),
    trial.op('softmax', [linear], { dim: 1 }), trial.op('sum', [image], { dim: [0, 2, 3], keepdim: false }),
    trial.op('native_layer_norm', [linear, trial.input(53), trial.input(53)], { normalizedRank: 1, eps: 1e-5 }),
    trial.op('scaled_dot_product_attention', heads, { isCausal: true, scale: 0.25 }),
  ];
}

/** What a module makes of the trial, one array for each kind of number. */
function outcome(module: WebAssembly.Module): ArrayLike<number>[] {
  const engine = new WasmEngine({ module, threads: 1 });
  const trial = new Trial();
  const values = results(trial);
  const gradients = values.flatMap((value, n) => {
    const seed = trial.input(...typeOf(trial.graph, value).shape);
    return gradient(trial.graph, value, trial.inputs.slice(0, -n - 1), seed).filter((each) => each !== null);
  });
  // Of what is given: of what is computed an element on an edge could count with either neighbour.
  const [rows, , , , , images] = trial.inputs;
  const measured = new Map<ValueId, Measure>([
    [rows, { units: { axis: 'last', saturation: [-0.9, 0.9] } }], [images, { units: { axis: 'first', saturation: null } }],
  ]);
  const figures: ArrayLike<number>[] = [];
  const found = runGraph(engine, trial.graph, [...values, ...gradients], {
    constants: (id) => trial.tensors[id], memoryLimitBytes: MEMORY_LIMIT_BYTES,
    onMeasured(_, { statistics: { mean, std, min, max, l2, meanAbs, histogram }, units }) {
      figures.push([mean, std, min, max, l2, meanAbs], histogram.counts, units!.firing, units!.meanAbs, [units!.saturatedFraction]);
    },
  }, measured);
  return [...[...found.values()].map(({ data }) => data), ...figures, ...Object.keys(stateArrays).map((rule) => updated(engine, rule as UpdateRuleName))];
}

const settings: OptimizerSettings = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov: true, betas: [0.9, 0.999], alpha: 0.99, epsilon: 1e-8 };

/** Parameters and state after two steps of a rule. */
function updated(engine: WasmEngine, rule: UpdateRuleName): Float32Array {
  const { whole, parts } = engine.allocate('float32', new Array<Shape>(2 + stateArrays[rule]).fill([1003]));
  const [parameter, gradients, ...state] = parts.map(({ data }) => data as Float32Array);
  whole.data.fill(0);
  for (const [n, array] of [parameter, gradients].entries()) array.set(numbers([1003], n).data);
  for (const step of [1, 2]) engine.update({ rule, settings, step, parameter, gradient: gradients, state });
  return whole.data as Float32Array;
}

/** Runs the same on both modules. */
export function agree(candidate: WebAssembly.Module, trusted: WebAssembly.Module): boolean {
  const [found, expected] = [candidate, trusted].map(outcome);
  return expected.every((wanted, part) => {
    const scale = Array.from(wanted).reduce((most, each) => Math.max(most, Math.abs(each)), 1e-30);
    return Array.from(wanted).every((each, n) => Math.abs(found[part][n] - each) <= TOLERANCE * scale);
  });
}
