// A graph over given tensors, with the ops written as in the goldens: for tests only.
import { emptyGraph, noOrigin, type Graph, type ValueId } from '../../src/graph/graph.ts';
import type { Op, OpAttributes } from '../../src/graph/opAttributes.ts';
import { record } from '../../src/graph/record.ts';
import type { Backend } from '../../src/engine/reference/backend.ts';
import { runGraph, type Engine } from '../../src/engine/engine.ts';
import { Plan } from '../../src/engine/reference/plan.ts';
import { referenceBackend } from '../../src/engine/reference/referenceBackend.ts';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../src/engine/tensor.ts';

/** The reference kernels, given outputs full of what an earlier node left there: each kernel has to write every element. */
const afterUse: Backend = {
  name: 'reference, on used arrays',
  run(node, inputs, outputs) {
    for (const { data } of outputs) data.fill(77);
    referenceBackend.run(node, inputs, outputs);
  },
};

/** The reference engine, on arrays that are not clean. */
export const referenceOnUsedArrays: Engine = { ...referenceEngine, prepare: (graph, request) => new Plan(graph, request, afterUse) };

export class Recording {
  readonly graph: Graph = emptyGraph();
  private readonly tensors: Tensor[] = [];

  input(tensor: Tensor): ValueId {
    const { dtype, shape } = tensor;
    this.tensors.push(tensor);
    return this.one('constant', [], { data: this.tensors.length - 1, dtype, shape });
  }

  all(op: string, inputs: readonly ValueId[], attributes: object): readonly ValueId[] {
    return record(this.graph, op as Op, inputs, attributes as OpAttributes[Op], noOrigin);
  }

  one(op: string, inputs: readonly ValueId[], attributes: object = {}): ValueId {
    return this.all(op, inputs, attributes)[0]!;
  }

  constants = (id: number): Tensor => this.tensors[id]!;

  run(outputs: readonly ValueId[], engine: Engine = referenceOnUsedArrays, memoryLimitBytes = 2 ** 30): Tensor[] {
    const results = runGraph(engine, this.graph, outputs, { constants: this.constants, memoryLimitBytes }, undefined, 'fast');
    return outputs.map((output) => results.get(output)!);
  }
}

export function tensor(dtype: 'float16' | 'float32' | 'float64', shape: readonly number[], values: ArrayLike<number>): Tensor {
  return { dtype, shape, data: dtype === 'float64' ? Float64Array.from(values) : Float32Array.from(values) };
}
