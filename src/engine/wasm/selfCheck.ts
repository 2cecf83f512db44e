/// <reference path="./webAssembly.d.ts" />
// Whether a module of kernels computes what another one does: asked before trusting one that was compiled with a V8 feature that is still being tried.
// Products, convolutions, chains, reductions and attention of a few sizes, with edges and without.
import { emptyGraph, noOrigin, type Graph, type ValueId } from '../../graph/graph.ts';
import type { Op, OpAttributes } from '../../graph/opAttributes.ts';
import { record } from '../../graph/record.ts';
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import { runGraph } from '../engine.ts';
import type { Tensor } from '../tensor.ts';
import { WasmEngine } from './wasmEngine.ts';

/** Fused multiply-adds and their order may differ; wrong lanes differ by as much as the numbers themselves. */
const TOLERANCE = 1e-4;

/** Numbers of both signs without a pattern that a wrong lane would keep. */
function numbers(shape: Shape, salt: number): Tensor {
  return { dtype: 'float32', shape, data: Float32Array.from({ length: elementCount(shape) }, (_, n) => Math.sin(1 + 12.9898 * n + 78.233 * salt)) };
}

class Trial {
  readonly graph: Graph = emptyGraph();
  readonly tensors: Tensor[] = [];

  input(...shape: readonly number[]): ValueId {
    this.tensors.push(numbers(shape, this.tensors.length));
    return this.op('constant', [], { data: this.tensors.length - 1, dtype: 'float32', shape });
  }
  op<O extends Op>(name: O, inputs: readonly ValueId[], attributes: OpAttributes[O]): ValueId {
    return record(this.graph, name, inputs, attributes, noOrigin)[0];
  }
}

const convolution = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], transposed: false, outputPadding: [0, 0], groups: 1 };

function outputs(trial: Trial): ValueId[] {
  const linear = trial.op('linear', [trial.input(37, 65), trial.input(53, 65), trial.input(53)], {});
  const square = trial.op('matmul', [trial.input(48, 600), trial.input(600, 64)], {});
  const image = trial.op('convolution', [trial.input(2, 16, 20, 21), trial.input(24, 16, 3, 3), trial.input(24)], convolution);
  const heads = [0, 1, 2].map(() => trial.input(2, 2, 50, 16));
  return [
    trial.op('gelu', [linear], { approximate: 'none' }), trial.op('tanh', [square], {}), trial.op('relu', [image], {}),
    trial.op('softmax', [linear], { dim: 1 }), trial.op('sum', [image], { dim: [0, 2, 3], keepdim: false }),
    trial.op('scaled_dot_product_attention', heads, { isCausal: true, scale: 0.25 }),
  ];
}

/** Runs the same on both modules. */
export function agree(candidate: WebAssembly.Module, trusted: WebAssembly.Module): boolean {
  const trial = new Trial();
  const values = outputs(trial);
  const [found, expected] = [candidate, trusted].map((module) => runGraph(
    new WasmEngine({ module, threads: 1 }), trial.graph, values, { constants: (id) => trial.tensors[id], memoryLimitBytes: 2 ** 28 },
  ));
  return values.every((value) => {
    const wanted = expected.get(value)!.data as Float32Array;
    const scale = wanted.reduce((most, each) => Math.max(most, Math.abs(each)), 1e-30);
    return (found.get(value)!.data as Float32Array).every((each, n) => Math.abs(each - wanted[n]) <= TOLERANCE * scale);
  });
}
