// How many samples a model is shown where neither the file nor the request says: 32, or fewer where 32 would make people wait.
import type { Engine } from '../engine/engine.ts';
import { ForwardNodes } from '../analysis/forwardNodes.ts';
import { flopsOf } from '../graph/flops.ts';
import { typeOf, type Node } from '../graph/graph.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import type { InspectOptions } from '../protocol/runtimeApi.ts';
import { formatFlops } from '../protocol/amounts.ts';
import type { FileRun, TracedModel } from '../python/fileRun.ts';

/** Seconds that a forward pass may take by the engine's own estimate; the backward pass takes about twice as long again. */
const bearableSeconds = 0.5;
const assumedOrigins: ReadonlySet<string> = new Set(['inferred', 'assumed', 'declared', 'text']);
/** Statistics of a batch need more than one sample. */
const fewest = (nodes: readonly Node[]) => (nodes.some(({ op }) => op === 'native_batch_norm') ? 2 : 1);

/** Traces a model; where the file does not call it and its forward pass is long, once more with fewer samples, which is said. */
export function traceWithAssumedBatch(run: FileRun, engine: Pick<Engine, 'flopsPerSecond'>, name: string | null, { inputs, batch, structureOnly }: InspectOptions): TracedModel {
  const traced = run.trace(name);
  if (!traced.trace || inputs !== undefined || batch !== undefined || structureOnly) return traced;
  const { graph } = run.recorder;
  const assumed = assumedBatch(traced.trace, (value) => typeOf(graph, value).shape);
  if (assumed === null) return traced;
  const { nodes } = new ForwardNodes(graph, traced.trace);
  const flops = nodes.reduce((sum, node) => sum + flopsOf(graph, node), 0);
  const bearable = Math.max(fewest(nodes), Math.floor((assumed * bearableSeconds * engine.flopsPerSecond) / flops));
  if (bearable >= assumed) return traced;
  const smaller = run.trace(name, bearable);
  if (!smaller.trace || smaller.trace.outputs.length === 0) return traced;
  const reason = `${bearable} sample${bearable === 1 ? '' : 's'} instead of ${assumed}, for which the forward pass alone would take ${formatFlops(flops)}`;
  return { ...smaller, trace: { ...smaller.trace, assumptions: [...smaller.trace.assumptions, reason] } };
}

/** The leading size that all inputs share, if the file calls the model with none of them; else null. */
function assumedBatch({ inputs, outputs }: ModelTrace, shapeOf: (value: ModelTrace['outputs'][number]) => readonly number[]): number | null {
  const sizes = new Set(inputs.map(({ value }) => shapeOf(value)[0]));
  const isAssumed = inputs.length > 0 && outputs.length > 0 && inputs.every(({ origin }) => assumedOrigins.has(origin));
  const [size] = sizes;
  return isAssumed && sizes.size === 1 && size !== undefined ? size : null;
}
