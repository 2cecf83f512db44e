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
  for (const value of request.given ?? []) {
    const tensor = options.given?.get(value);
    if (tensor === undefined) throw new Error(`Value ${value} was to be given, and was not`);
    checkType(graph, value, tensor, 'was given');
  }
  if (options.into) {
    const outputs = new Set(request.outputs);
    for (const [value, tensor] of options.into) {
      if (!outputs.has(value)) throw new Error(`Value ${value} was to be written to a tensor, and is not an output`);
      checkType(graph, value, tensor, 'was to be written to');
    }
    checkApart([...request.given ?? []].map((value) => options.given!.get(value)!), options.into);
  }
  if (options.taps) {
    const tapped = new Set(request.tapped);
    for (const value of options.taps.keys()) if (!tapped.has(value)) throw new Error(`Value ${value} is tapped, and the program was not prepared for it`);
  }
}

/** Bytes of a buffer; `target`: the output that is written there, if one is. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly target: ValueId | undefined;
}

/**
 * Throws where an output would be written over bytes that are given or that another output is written to. Ranges are sorted, not compared pair by pair: a
 * step of a training has thousands.
 */
function checkApart(given: readonly Tensor[], into: ReadonlyMap<ValueId, Tensor>): void {
  const ranges = new Map<unknown, Range[]>();
  const add = ({ data: { buffer, byteOffset, byteLength } }: Tensor, target?: ValueId): void => {
    const range = { start: byteOffset, end: byteOffset + byteLength, target };
    const others = ranges.get(buffer);
    if (others) others.push(range);
    else ranges.set(buffer, [range]);
  };
  for (const tensor of given) add(tensor);
  for (const [value, tensor] of into) add(tensor, value);
  for (const inBuffer of ranges.values()) {
    let taken = 0;
    let written: Range | undefined;
    for (const range of inBuffer.sort((a, b) => a.start - b.start || a.end - b.end)) {
      const target = range.target !== undefined && range.start < taken ? range.target : written && range.start < written.end ? written.target : undefined;
      if (target !== undefined) throw new Error(`Value ${target} was to be written to a tensor that is given, or that another output is written to`);
      taken = Math.max(taken, range.end);
      if (range.target !== undefined) written = range;
    }
  }
}

function checkType(graph: Graph, value: ValueId, tensor: Tensor, what: string): void {
  const { dtype, shape } = typeOf(graph, value);
  if (tensor.dtype === dtype && sameShape(tensor.shape, shape)) return;
  throw new Error(`Value ${value} is ${dtype} ${formatShape(shape)}; ${tensor.dtype} ${formatShape(tensor.shape)} ${what}`);
}
