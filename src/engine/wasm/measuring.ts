// How figures of float32 values are taken by kernels, and read from what these leave in memory (assembly/statistics.ts).
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import type { Measure, Measured, UnitMeasure } from '../measure.ts';
import { noFiniteValue, type TensorStatistics } from '../statistics.ts';
import { unitAxis, type UnitActivity } from '../unitActivity.ts';
import type { Place } from './buffers.ts';
import { binCount, histogramLanes, maximumThreads, momentsDoubles, momentsHeaderBytes } from './assembly/limits.ts';
import type { CommandList } from './commandList.ts';
import { Float } from './task.ts';

/** The first of the float64 that `moments` leaves for each thread: fields of its `Moments`, in their order. */
export enum Moment { finite, nan, posInf, negInf, zeros, mean, squares, sumAbs, min, max }
/** A histogram per lane; the first is the sum of them. */
const countWords = histogramLanes * binCount;

/** Reads results: arrays over the places that commands wrote. */
export interface ResultReader {
  doubles(place: Place, count: number): Float64Array;
  integers(place: Place, count: number): Int32Array;
}

/** Writes the commands that measure the float32 values at `x`; returns how their result is read when they are done. */
export function emitMeasure(commands: CommandList, x: Place, shape: Shape, { units }: Measure, threads: number): (reader: ResultReader) => Measured {
  const count = elementCount(shape);
  const parts = commands.result(momentsHeaderBytes + 8 * momentsDoubles * threads);
  const counts = commands.result(4 * countWords * threads);
  const fields = { x, parts, counts, count };
  commands.command('moments', 4 * count, fields);
  commands.command('histogram', 4 * count, fields);
  const readUnits = units && emitUnits(commands, x, shape, units);
  return (reader) => ({ statistics: statisticsOf(reader, parts, counts, count, threads), units: readUnits && readUnits(reader) });
}

/** Taken in every step of a training: plain loops over what the kernels left. */
function statisticsOf(reader: ResultReader, place: Place, counts: Place, count: number, threads: number): TensorStatistics {
  const parts = momentsDoubles * reader.integers(place, 1)[0];
  const numbers = reader.doubles({ buffer: place.buffer, offset: place.offset + momentsHeaderBytes }, momentsDoubles * threads);
  let finite = 0, nan = 0, posInf = 0, negInf = 0, zeros = 0, sumAbs = 0, min = Infinity, max = -Infinity, mean = 0;
  for (let at = 0; at < parts; at += momentsDoubles) {
    finite += numbers[at + Moment.finite];
    nan += numbers[at + Moment.nan];
    posInf += numbers[at + Moment.posInf];
    negInf += numbers[at + Moment.negInf];
    zeros += numbers[at + Moment.zeros];
    sumAbs += numbers[at + Moment.sumAbs];
    min = Math.min(min, numbers[at + Moment.min]);
    max = Math.max(max, numbers[at + Moment.max]);
    mean += numbers[at + Moment.finite] * numbers[at + Moment.mean];
  }
  const zeroFraction = count === 0 ? 0 : zeros / count;
  if (finite === 0) return noFiniteValue({ count, zeroFraction, nan, posInf, negInf });
  mean /= finite;
  // Chan et al. 1979: what each part deviates from its own mean, and what its mean deviates from the whole's, or from 0.
  let squares = 0, norm = 0;
  for (let at = 0; at < parts; at += momentsDoubles) {
    const own = numbers[at + Moment.finite];
    squares += numbers[at + Moment.squares] + own * (numbers[at + Moment.mean] - mean) ** 2;
    norm += numbers[at + Moment.squares] + own * numbers[at + Moment.mean] ** 2;
  }
  const bins = reader.integers(counts, countWords * threads);
  const histogram = new Array<number>(binCount);
  for (let bin = 0; bin < binCount; bin++) {
    histogram[bin] = bins[bin];
    for (let at = countWords + bin, part = momentsDoubles; part < parts; at += countWords, part += momentsDoubles) histogram[bin] += bins[at];
  }
  return {
    count, mean, std: Math.sqrt(squares / finite), min, max, l2: Math.sqrt(norm), meanAbs: sumAbs / finite, maxAbs: Math.max(-min, max),
    zeroFraction, nan, posInf, negInf, histogram: { min, max, counts: histogram },
  };
}

function emitUnits(commands: CommandList, x: Place, shape: Shape, { axis, saturation }: UnitMeasure): (reader: ResultReader) => UnitActivity {
  const elements = elementCount(shape);
  const at = axis === 'single' ? -1 : unitAxis(shape.length, axis);
  const count = axis === 'single' ? 1 : at < 0 ? 0 : shape[at];
  const inner = axis === 'single' ? elements : elementCount(shape.slice(at + 1));
  const outer = count === 0 || inner === 0 ? 0 : elements / (count * inner);
  const result = commands.result(8 * (3 * count + maximumThreads));
  const [low, high] = saturation ?? [-Infinity, Infinity];
  commands.command('units', 4 * elements, { x, result, outer, units: count, inner, low: new Float(low), high: new Float(high) });
  const valuesPerUnit = outer * inner;
  return (reader) => {
    const numbers = reader.doubles(result, 3 * count + maximumThreads);
    const saturated = numbers.subarray(3 * count).reduce((sum, part) => sum + part, 0);
    return {
      count, valuesPerUnit,
      firing: numbers.slice(0, count).map((fired) => (valuesPerUnit === 0 ? 0 : fired / valuesPerUnit)),
      meanAbs: numbers.slice(count, 2 * count).map((finite, unit) => (finite === 0 ? 0 : numbers[2 * count + unit] / finite)),
      saturatedFraction: elements === 0 ? 0 : saturated / elements,
    };
  };
}
