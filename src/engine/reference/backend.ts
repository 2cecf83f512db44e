// What computes the nodes of a plan, one at a time: the reference kernels, which tests stand in front of. It is not what orders nodes or keeps their
// storage (`plan.ts`).
import type { Node } from '../../graph/graph.ts';
import type { Tensor } from '../tensor.ts';

export interface Backend {
  readonly name: string;
  /**
   * Computes a node into `outputs`, whose types are those the graph states. Every element is written: what the arrays held
   * before is arbitrary. Throws `EngineError` where the data itself is at fault (an index out of range).
   */
  run(node: Node, inputs: readonly Tensor[], outputs: readonly Tensor[]): void;
}
