// Random draws of a model that is trained: which of them belong to its making, and how many a step makes anew.
import type { ValueId } from '../graph/graph.ts';
import { typeOf } from '../graph/graph.ts';
import { elementCount } from '../graph/tensorType.ts';
import type { ReportPlan } from '../analysis/reportPlan.ts';

/** What the model was constructed with, where it is a module: whatever was drawn outside of its call. */
export function drawnBefore({ forward, trace }: ReportPlan): ValueId[] {
  if (!trace.calls.some(({ kind, path }) => kind === 'module' && path === '')) return [];
  return forward.nodes.filter(({ attributes, origin }) => 'offset' in attributes && forward.chain(origin.call).length === 0).flatMap(({ outputs }) => outputs);
}

/** Generator outputs that one forward pass may consume: what a step's draws are moved by to be new ones. */
export function drawsOf({ forward, graph }: ReportPlan): number {
  let draws = 0;
  for (const node of forward.nodes) {
    // A double takes two outputs, a rest of a normal's blocks 16 more.
    if ('offset' in node.attributes) draws += 2 * elementCount(typeOf(graph, node.outputs[0]).shape) + 32;
  }
  return draws;
}
