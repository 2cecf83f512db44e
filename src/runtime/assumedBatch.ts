// How many samples a model is shown: where neither the file nor the request says, 32, or fewer where 32 would make people wait or need too much memory; where the
// file says, as many as it does, or fewer where no figures would be computed in the time that they may take.
import type { Engine } from '../engine/engine.ts';
import { formatBytes } from '../engine/engineError.ts';
import { byteLength } from '../engine/tensor.ts';
import { ForwardNodes } from '../analysis/forwardNodes.ts';
import { flopsOf } from '../graph/flops.ts';
import { typeOf, type Graph, type Node } from '../graph/graph.ts';
import type { ModelTrace } from '../graph/modelTrace.ts';
import type { InspectOptions } from '../protocol/runtimeApi.ts';
import { formatFlops } from '../protocol/amounts.ts';
import type { FileRun, TracedModel } from '../python/fileRun.ts';

/** Seconds that a forward pass may take by the engine's own estimate; the backward pass takes about twice as long again. */
const bearableSeconds = 0.5;
/** Of the time that figures may take, what a forward pass on the file's own batch may take. */
const bearablePart = 0.2;
const assumedOrigins: ReadonlySet<string> = new Set(['inferred', 'assumed', 'declared', 'text']);
/** Ops that make no numbers of their own. */
const views: ReadonlySet<string> = new Set(['reshape', 'detach', 'with_gradient', 'expand']);
/** Statistics of a batch need more than one sample. */
const fewest = (nodes: readonly Node[]) => (nodes.some(({ op }) => op === 'native_batch_norm') ? 2 : 1);

/** Traces a model; where its forward pass is too long or too large, once more with fewer samples, which is said. */
export function traceWithAssumedBatch(run: FileRun, engine: Pick<Engine, 'flopsPerSecond'>, name: string | null, { inputs, batch, structureOnly, memoryLimitMiB, figureLimitSeconds }: InspectOptions): TracedModel {
  const traced = run.trace(name);
  if (!traced.trace || inputs !== undefined || batch !== undefined || structureOnly) return traced;
  const { graph } = run.recorder;
  const given = batchOf(traced.trace, (value) => typeOf(graph, value).shape);
  if (given === null) return traced;
  const seconds = given.isFiles ? bearablePart * (figureLimitSeconds ?? Infinity) : bearableSeconds;
  const { nodes } = new ForwardNodes(graph, traced.trace);
  const flops = nodes.reduce((sum, node) => sum + flopsOf(graph, node), 0);
  const bytes = given.isFiles ? 0 : bytesMade(graph, nodes);
  const inTime = (given.size * seconds * engine.flopsPerSecond) / flops;
  const inMemory = (given.size * memoryLimitMiB * 2 ** 20) / bytes;
  const bearable = Math.max(fewest(nodes), Math.floor(Math.min(inTime, inMemory)));
  if (bearable >= given.size) return traced;
  const smaller = run.trace(name, bearable);
  if (!smaller.trace || smaller.trace.outputs.length === 0) return traced;
  const cost = inTime <= inMemory ? `take ${formatFlops(flops)}` : `make ${formatBytes(bytes)}`;
  const reason = `${bearable} sample${bearable === 1 ? '' : 's'} instead of ${given.isFiles ? 'the file\'s ' : ''}${given.size}, for which the forward pass alone would ${cost}`;
  // What the first trace said is not said again.
  return { ...smaller, diagnostics: [...traced.diagnostics, ...smaller.diagnostics], trace: { ...smaller.trace, assumptions: [...smaller.trace.assumptions, reason] } };
}

/** Bytes of all that nodes make: the backward pass needs most of it. */
function bytesMade(graph: Graph, nodes: readonly Node[]): number {
  const made = nodes.filter(({ op }) => !views.has(op)).flatMap(({ outputs }) => outputs);
  return made.reduce((sum, value) => sum + byteLength(typeOf(graph, value).dtype, typeOf(graph, value).shape), 0);
}

/** The leading size that all inputs share, and whether it is that of the file's own call; null where some are the file's and others are assumed. */
function batchOf({ inputs, outputs }: ModelTrace, shapeOf: (value: ModelTrace['outputs'][number]) => readonly number[]): { size: number; isFiles: boolean } | null {
  const sizes = new Set(inputs.map(({ value }) => shapeOf(value)[0]));
  const [size] = sizes;
  if (inputs.length === 0 || outputs.length === 0 || sizes.size !== 1 || size === undefined) return null;
  const isFiles = inputs.every(({ origin }) => origin === 'file');
  return isFiles || inputs.every(({ origin }) => assumedOrigins.has(origin)) ? { size, isFiles } : null;
}
