// How figures of float32 values are taken by kernels, and read from what these leave in memory (assembly/statistics.ts).
import { elementCount, type Shape } from '../../graph/tensorType.ts';
import type { Measure, Measured, UnitMeasure } from '../measure.ts';
import { binCount, noFiniteValue, type TensorStatistics } from '../statistics.ts';
import { unitAxis, type UnitActivity } from '../unitActivity.ts';
import type { Place } from './buffers.ts';
import { MAXIMUM_THREADS, type KernelName } from './kernels.ts';
import { Float, type Word } from './task.ts';

/** The layout of what `moments` leaves: a header, then eleven float64 for each thread. */
const HEADER_BYTES = 16;
const PART_DOUBLES = 12;
const fields = ['finite', 'nan', 'posInf', 'negInf', 'zeros', 'shift', 'sum', 'squares', 'sumAbs', 'min', 'max'] as const;
type Part = Readonly<Record<(typeof fields)[number], number>>;
/** A histogram per lane; the first is the sum of them. */
const COUNT_WORDS = 4 * binCount;

/** Reads results: arrays over the places that commands wrote. */
export interface ResultReader {
  doubles(place: Place, count: number): Float64Array;
  integers(place: Place, count: number): Int32Array;
}

/** Where commands go. */
interface Commands {
  /** Bytes that stay as the commands left them until the next run. */
  result(bytes: number): Place;
  command(kernel: KernelName, work: number, words: readonly Word[]): void;
}

/** Writes the commands that measure the float32 values at `x`; returns how their result is read when they are done. */
export function emitMeasure(commands: Commands, x: Place, shape: Shape, { units }: Measure, threads: number): (reader: ResultReader) => Measured {
  const count = elementCount(shape);
  const parts = commands.result(HEADER_BYTES + 8 * PART_DOUBLES * threads);
  const counts = commands.result(4 * COUNT_WORDS * threads);
  const words = [x, parts, counts, count];
  commands.command('moments', 4 * count, words);
  commands.command('histogram', 4 * count, words);
  const readUnits = units && emitUnits(commands, x, shape, units);
  return (reader) => ({ statistics: statisticsOf(reader, parts, counts, count, threads), units: readUnits && readUnits(reader) });
}

function statisticsOf(reader: ResultReader, place: Place, counts: Place, count: number, threads: number): TensorStatistics {
  const taking = reader.integers(place, 1)[0];
  const numbers = reader.doubles({ buffer: place.buffer, offset: place.offset + HEADER_BYTES }, PART_DOUBLES * taking);
  const parts = Array.from({ length: taking }, (_, n) => Object.fromEntries(fields.map((field, at) => [field, numbers[n * PART_DOUBLES + at]])) as Part);
  const total = (field: (typeof fields)[number]): number => parts.reduce((sum, part) => sum + part[field], 0);
  const [finite, nan, posInf, negInf, zeros] = [total('finite'), total('nan'), total('posInf'), total('negInf'), total('zeros')];
  const zeroFraction = count === 0 ? 0 : zeros / count;
  if (finite === 0) return noFiniteValue({ count, zeroFraction, nan, posInf, negInf });
  const min = Math.min(...parts.map((part) => part.min));
  const max = Math.max(...parts.map((part) => part.max));
  // Chan et al. 1979: the parts' means, then what they deviate from the whole's.
  const means = parts.map((part) => (part.finite === 0 ? 0 : part.shift + part.sum / part.finite));
  const mean = parts.reduce((sum, part, n) => sum + part.finite * means[n], 0) / finite;
  const within = parts.map((part) => (part.finite === 0 ? 0 : Math.max(0, part.squares - part.sum ** 2 / part.finite)));
  const squares = parts.reduce((sum, part, n) => sum + within[n] + part.finite * (means[n] - mean) ** 2, 0);
  const norm = parts.reduce((sum, part, n) => sum + within[n] + part.finite * means[n] ** 2, 0);
  const bins = reader.integers(counts, COUNT_WORDS * threads);
  return {
    count, mean, std: Math.sqrt(squares / finite), min, max, l2: Math.sqrt(norm), meanAbs: total('sumAbs') / finite, maxAbs: Math.max(-min, max),
    zeroFraction, nan, posInf, negInf,
    histogram: { min, max, counts: Array.from({ length: binCount }, (_, bin) => parts.reduce((sum, _part, n) => sum + bins[n * COUNT_WORDS + bin], 0)) },
  };
}

function emitUnits(commands: Commands, x: Place, shape: Shape, { axis, saturation }: UnitMeasure): (reader: ResultReader) => UnitActivity {
  const elements = elementCount(shape);
  const at = axis === 'single' ? -1 : unitAxis(shape.length, axis);
  const count = axis === 'single' ? 1 : at < 0 ? 0 : shape[at];
  const inner = axis === 'single' ? elements : elementCount(shape.slice(at + 1));
  const outer = count === 0 || inner === 0 ? 0 : elements / (count * inner);
  const result = commands.result(8 * (3 * count + MAXIMUM_THREADS));
  const [low, high] = saturation ?? [-Infinity, Infinity];
  commands.command('units', 4 * elements, [x, result, outer, count, inner, new Float(low), new Float(high)]);
  const valuesPerUnit = outer * inner;
  return (reader) => {
    const numbers = reader.doubles(result, 3 * count + MAXIMUM_THREADS);
    const saturated = numbers.subarray(3 * count).reduce((sum, part) => sum + part, 0);
    return {
      count, valuesPerUnit,
      firing: numbers.slice(0, count).map((fired) => (valuesPerUnit === 0 ? 0 : fired / valuesPerUnit)),
      meanAbs: numbers.slice(count, 2 * count).map((finite, unit) => (finite === 0 ? 0 : numbers[2 * count + unit] / finite)),
      saturatedFraction: elements === 0 ? 0 : saturated / elements,
    };
  };
}
