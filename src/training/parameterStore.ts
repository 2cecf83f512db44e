// The parameters that a run trains, and room for their gradients: those of one type lie one after the other, so that an optimizer goes over all
// of them in one pass.
import type { Engine, TensorBlock } from '../engine/engine.ts';
import type { FloatArray } from '../engine/optimizerStep.ts';
import type { Tensor } from '../engine/tensor.ts';
import { typeOf, type Graph, type ValueId } from '../graph/graph.ts';
import type { DType, Shape } from '../graph/tensorType.ts';

interface Group {
  readonly parameters: TensorBlock;
  readonly gradients: TensorBlock;
}

export class ParameterStore {
  readonly groups: Group[] = [];
  /** Each parameter's tensor: it stays the same while its elements change. */
  readonly parameters = new Map<ValueId, Tensor>();
  /** Each parameter's gradient's. */
  readonly gradients = new Map<ValueId, Tensor>();

  /** `initial`: the parameters' values at the start. Throws `MemoryLimitError`. */
  constructor(private readonly engine: Engine, graph: Graph, initial: ReadonlyMap<ValueId, Tensor>) {
    const byType = new Map<DType, ValueId[]>();
    for (const value of initial.keys()) {
      const { dtype } = typeOf(graph, value);
      byType.set(dtype, [...(byType.get(dtype) ?? []), value]);
    }
    try {
      for (const [dtype, values] of byType) this.#allocate(dtype, values.map((value) => typeOf(graph, value).shape), values, initial);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  #allocate(dtype: DType, shapes: readonly Shape[], values: readonly ValueId[], initial: ReadonlyMap<ValueId, Tensor>): void {
    const parameters = this.#block(dtype, shapes), gradients = this.#block(dtype, shapes);
    this.groups.push({ parameters, gradients });
    values.forEach((value, n) => {
      this.parameters.set(value, parameters.parts[n]);
      this.gradients.set(value, gradients.parts[n]);
      parameters.parts[n].data.set(initial.get(value)!.data);
    });
  }

  #block(dtype: DType, shapes: readonly Shape[]): TensorBlock {
    const block = this.engine.allocate(dtype, shapes);
    this.#blocks.push(block);
    return block;
  }
  readonly #blocks: TensorBlock[] = [];

  /** Copies of all parameters as they are now. */
  copies(): Map<ValueId, FloatArray> {
    return new Map([...this.parameters].map(([value, { data }]) => [value, data.slice() as FloatArray]));
  }

  release(): void {
    for (const block of this.#blocks.splice(0)) this.engine.free(block);
  }
}
