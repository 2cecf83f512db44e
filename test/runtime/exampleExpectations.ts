// What the oracles say of the files in examples/ (test/golden/exampleReports.json and kerasExampleReports.json), and how a
// report is held against it: shapes, names and counts exactly, figures within a relative bound.
import { strict as assert } from 'node:assert';
import type { LayerReport, ModelReport, Stats } from '../../src/protocol/report.ts';

/** mean, std, min, max, zeroFraction, l2 */
type Figures = readonly number[];
/** l2, meanAbs, maxAbs */
type GradientFigures = readonly number[];

export interface ExpectedRow {
  readonly path: string;
  readonly type: string;
  readonly kind: string;
  readonly outputShape: readonly number[];
  readonly parameterCount: number;
  readonly activationFunction: string | null;
  readonly preActivation: Figures | null;
  readonly output: Figures;
  readonly gradient: GradientFigures | null;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[]; readonly value: Figures; readonly gradient: GradientFigures | null }[];
}

export interface ExpectedModel {
  readonly model: string;
  readonly parameterCount: number;
  readonly loss: { readonly kind: string; readonly value: number };
  readonly output: { readonly shape: readonly number[]; readonly figures: Figures };
  readonly rows: readonly ExpectedRow[];
}

export const relativeTolerance = 1e-4;
/** Below this share of a tensor's largest magnitude a difference is rounding: a mean of values that cancel, a deviation of equal values. */
const roundingBound = 1e-6;

export function assertClose(actual: number, expected: number, scale: number, what: string): void {
  const bound = relativeTolerance * Math.abs(expected) + roundingBound * scale;
  assert.ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, and the framework says ${expected} (allowed: ± ${bound})`);
}

export function assertFigures(actual: Stats | null, expected: Figures | null, what: string): void {
  assert.equal(actual === null, expected === null, `${what}: ${actual ? 'has' : 'lacks'} figures`);
  if (!actual || !expected) return;
  const scale = Math.max(Math.abs(expected[2]!), Math.abs(expected[3]!));
  const found = [actual.mean, actual.std, actual.min, actual.max, actual.zeroFraction, actual.l2];
  ['mean', 'std', 'min', 'max', 'zeroFraction', 'l2'].forEach((name, index) => assertClose(found[index]!, expected[index]!, name === 'zeroFraction' ? 0 : scale, `${what}: ${name}`));
}

function assertGradient(actual: Stats | null, expected: GradientFigures | null, what: string): void {
  assert.equal(actual === null, expected === null, `${what}: ${actual ? 'has' : 'lacks'} a gradient`);
  if (!actual || !expected) return;
  [actual.l2, actual.meanAbs, actual.maxAbs].forEach((value, index) => assertClose(value, expected[index]!, expected[2]!, `${what}: gradient's ${['l2', 'meanAbs', 'maxAbs'][index]}`));
}

export function assertRow(actual: LayerReport, expected: ExpectedRow): void {
  const what = expected.path;
  assert.deepEqual(
    [actual.type, actual.kind, actual.outputShape, actual.parameterCount, actual.activationFunction],
    [expected.type, expected.kind, expected.outputShape, expected.parameterCount, expected.activationFunction], what);
  assertFigures(actual.output, expected.output, `${what}: output`);
  assertFigures(actual.preActivation, expected.preActivation, `${what}: pre-activation`);
  assertGradient(actual.gradient, expected.gradient, what);
  assert.deepEqual(actual.parameters.map(({ name, shape }) => ({ name, shape })), expected.parameters.map(({ name, shape }) => ({ name, shape })), what);
  expected.parameters.forEach(({ name, value, gradient }, index) => {
    assertFigures(actual.parameters[index]!.value, value, `${what}.${name}`);
    assertGradient(actual.parameters[index]!.gradient, gradient, `${what}.${name}`);
  });
}

export function assertModel(actual: ModelReport, expected: ExpectedModel, rowsOf: (model: ModelReport) => readonly LayerReport[] = ({ layers }) => layers): void {
  const rows = rowsOf(actual);
  assert.equal(actual.name, expected.model);
  assert.deepEqual(rows.map(({ path }) => path), expected.rows.map(({ path }) => path));
  assert.equal(actual.parameterCount, expected.parameterCount);
  expected.rows.forEach((row, index) => assertRow(rows[index]!, row));
  assert.deepEqual(actual.output?.shape, expected.output.shape);
  assertClose(actual.output!.mean!, expected.output.figures[0]!, Math.abs(expected.output.figures[3]!), 'output: mean');
  assertClose(actual.output!.std!, expected.output.figures[1]!, Math.abs(expected.output.figures[3]!), 'output: std');
  assert.equal(actual.loss?.kind, expected.loss.kind);
  assertClose(actual.loss!.value, expected.loss.value, 0, 'loss');
}
