// Writes small graphs for tests: values by op, sources of a given type.
import { emptyGraph, noOrigin, nodeOf, typeOf, type Node, type ValueId } from '../../src/graph/graph.ts';
import type { Op, OpAttributes } from '../../src/graph/opAttributes.ts';
import { record } from '../../src/graph/record.ts';
import type { DType, Shape } from '../../src/graph/tensorType.ts';

export class GraphBuilder {
  readonly graph = emptyGraph();
  #constants = 0;

  /** A value of unknown numbers. */
  source(shape: Shape, dtype: DType = 'float32'): ValueId {
    return this.op('constant', [], { data: this.#constants++, dtype, shape });
  }
  number(value: number, dtype: DType = 'float32', shape: Shape = []): ValueId {
    return this.op('full', [], { shape, value, dtype });
  }
  all<O extends Op>(op: O, inputs: readonly ValueId[], attributes: OpAttributes[O]): readonly ValueId[] {
    return record(this.graph, op, inputs, attributes, noOrigin);
  }
  op<O extends Op>(op: O, inputs: readonly ValueId[], attributes: OpAttributes[O] = {} as OpAttributes[O]): ValueId {
    return this.all(op, inputs, attributes)[0];
  }
  node(value: ValueId): Node {
    return nodeOf(this.graph, value);
  }
  type(value: ValueId) {
    return typeOf(this.graph, value);
  }
}
