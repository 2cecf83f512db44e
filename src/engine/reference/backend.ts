// What computes nodes: the reference kernels now, faster ones beside them. It is not what orders them or keeps their
// storage (`plan.ts`); a backend sees one node at a time, through one door.
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
