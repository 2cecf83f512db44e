// What both engines ask of a run before it begins. Whoever breaks it made a mistake in this program; the user's own are found when a node is recorded.
import { typeOf, type Graph, type ValueId } from '../graph/graph.ts';
import { formatShape, sameShape } from '../graph/tensorType.ts';
import type { ProgramRequest, RunOptions } from './engine.ts';
import type { Tensor } from './tensor.ts';

/**
 * Throws where a given value is missing or of another type, where an output would be written to what does not hold it or to what is given, and where a tap
 * is on a value that the request did not name.
 */
export function checkRun(graph: Graph, request: ProgramRequest, options: RunOptions): void {
  const taken: Tensor['data'][] = [];
  for (const value of request.given ?? []) {
    const tensor = options.given?.get(value);
    if (tensor === undefined) throw new Error(`Value ${value} was to be given, and was not`);
    checkType(graph, value, tensor, 'was given');
    taken.push(tensor.data);
  }
  if (options.into) {
    const outputs = new Set(request.outputs);
    for (const [value, tensor] of options.into) {
      if (!outputs.has(value)) throw new Error(`Value ${value} was to be written to a tensor, and is not an output`);
      checkType(graph, value, tensor, 'was to be written to');
      if (taken.some((data) => overlap(data, tensor.data))) throw new Error(`Value ${value} was to be written to a tensor that is given, or that another output is written to`);
      taken.push(tensor.data);
    }
  }
  if (options.taps) {
    const tapped = new Set(request.tapped);
    for (const value of options.taps.keys()) if (!tapped.has(value)) throw new Error(`Value ${value} is tapped, and the program was not prepared for it`);
  }
}

function overlap(a: Tensor['data'], b: Tensor['data']): boolean {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}

function checkType(graph: Graph, value: ValueId, tensor: Tensor, what: string): void {
  const { dtype, shape } = typeOf(graph, value);
  if (tensor.dtype === dtype && sameShape(tensor.shape, shape)) return;
  throw new Error(`Value ${value} is ${dtype} ${formatShape(shape)}; ${tensor.dtype} ${formatShape(tensor.shape)} ${what}`);
}
