// Small results to test the host with: figures are computed from values given here, never typed in.
import type { Histogram, LayerReport, ModelReport, Stats } from '../../src/protocol/report.ts';
import type { InspectResult } from '../../src/protocol/runtimeApi.ts';
import type { SourceRange } from '../../src/protocol/source.ts';

export const modelFile = '/models/net.py';

export function range(line: number, column: number, endColumn: number, endLine = line): SourceRange {
  return { file: modelFile, line, column, endLine, endColumn };
}

/** The statistics of a list of finite values, by their definitions. */
export function statsOf(values: readonly number[]): Stats {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const sizes = values.map(Math.abs);
  return {
    count, mean,
    std: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count),
    min: Math.min(...values), max: Math.max(...values),
    l2: Math.hypot(...values), meanAbs: sizes.reduce((sum, value) => sum + value, 0) / count, maxAbs: Math.max(...sizes),
    zeroFraction: values.filter((value) => value === 0).length / count,
    nan: 0, posInf: 0, negInf: 0, histogram: histogramOf(values),
  };
}

function histogramOf(values: readonly number[]): Histogram {
  const min = Math.min(...values);
  const max = Math.max(...values);
  const counts = new Array<number>(64).fill(0);
  for (const value of values) counts[max === min ? 0 : Math.min(63, Math.floor(((value - min) / (max - min)) * 64))]!++;
  return { min, max, counts };
}

export function layer(index: number, over: Partial<LayerReport> = {}): LayerReport {
  return {
    index, parent: null, path: `fc${index + 1}`, type: 'Linear', kind: 'module', summary: '', definition: null, call: null,
    inputShapes: [[32, 784]], outputShape: [32, 256], parameterCount: 0, flops: 0, activationFunction: null, activationLayer: null,
    preActivation: null, activation: null, output: null, gradient: null, units: null, parameters: [], failure: null, ...over,
  };
}

export function model(name: string, layers: readonly LayerReport[], over: Partial<ModelReport> = {}): ModelReport {
  return {
    name, framework: 'torch', definition: null, parameterCount: 0, trainableParameterCount: 0, flops: 0,
    inputs: [{ name: 'x', shape: [32, 784], dtype: 'float32', range: null, origin: 'inferred' }], plainInputs: [], arguments: [], output: { shape: [32, 10], mean: null, std: null }, loss: null, layers,
    findings: [], training: { loss: 'cross-entropy', optimizer: 'adam', learningRate: 1e-3, batchSize: 32, found: [] }, assumptions: [], ...over,
  };
}

export function result(models: readonly ModelReport[], over: Partial<InspectResult['report']> = {}, main = models[0]?.name): InspectResult {
  return {
    report: { schema: 1, file: modelFile, seed: 0, mode: 'train', loss: null, models, diagnostics: [], ...over },
    listing: models.map(({ name }) => ({ name, kind: 'class', main: name === main })),
    output: '', durationMs: { python: 2, engine: 3 },
  };
}
