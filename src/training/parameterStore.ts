// The parameters that a run trains, and room for their gradients: those of one type lie one after the other, so that an optimizer goes over all
// of them in one pass.
import type { Engine, TensorBlock } from '../engine/engine.ts';
import type { FloatArray } from '../engine/optimizerStep.ts';
import type { Tensor } from '../engine/tensor.ts';
import { typeOf, type Graph, type ValueId } from '../graph/graph.ts';
import type { DType } from '../graph/tensorType.ts';

interface Group {
  readonly parameters: TensorBlock;
  readonly gradients: TensorBlock;
}

export class ParameterStore {
  readonly groups: readonly Group[];
  /** Each parameter's tensor: it stays the same while its elements change. */
  readonly parameters = new Map<ValueId, Tensor>();
  /** Each parameter's gradient's. */
  readonly gradients = new Map<ValueId, Tensor>();

  /** `initial`: the parameters' values at the start. */
  constructor(private readonly engine: Engine, graph: Graph, initial: ReadonlyMap<ValueId, Tensor>) {
    const byType = new Map<DType, ValueId[]>();
    for (const value of initial.keys()) {
      const { dtype } = typeOf(graph, value);
      byType.set(dtype, [...(byType.get(dtype) ?? []), value]);
    }
    this.groups = [...byType].map(([dtype, values]) => {
      const shapes = values.map((value) => typeOf(graph, value).shape);
      const group = { parameters: engine.allocate(dtype, shapes), gradients: engine.allocate(dtype, shapes) };
      values.forEach((value, n) => {
        this.parameters.set(value, group.parameters.parts[n]);
        this.gradients.set(value, group.gradients.parts[n]);
        group.parameters.parts[n].data.set(initial.get(value)!.data);
      });
      return group;
    });
  }

  /** Copies of all parameters as they are now. */
  copies(): Map<ValueId, FloatArray> {
    return new Map([...this.parameters].map(([value, { data }]) => [value, data.slice() as FloatArray]));
  }

  release(): void {
    for (const { parameters, gradients } of this.groups) {
      this.engine.free(parameters);
      this.engine.free(gradients);
    }
  }
}
