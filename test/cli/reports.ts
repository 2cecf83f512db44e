// Reports to draw: figures of a size that shows whether columns hold.
import type { LayerReport, ModelReport, Stats } from '../../src/protocol/report.ts';

export function stats(facts: Partial<Stats> = {}, bell = true): Stats {
  const counts = Array.from({ length: 64 }, (_, bin) => (bell ? Math.round(1000 * Math.exp(-(((bin - 31.5) / 12) ** 2))) : 100));
  return {
    count: counts.reduce((sum, value) => sum + value, 0), mean: -0.0123, std: 0.571, min: -2, max: 2, l2: 55.5, meanAbs: 0.4, maxAbs: 2, zeroFraction: 0, nan: 0, posInf: 0, negInf: 0,
    histogram: { min: -2, max: 2, counts }, ...facts,
  };
}

export function layer(index: number, facts: Partial<LayerReport>): LayerReport {
  return {
    index, parent: null, path: `fc${index}`, type: 'Linear', kind: 'module', summary: '', definition: null, call: null, inputShapes: [[32, 784]], outputShape: [32, 256],
    parameterCount: 0, flops: 0, activationFunction: null, activationLayer: null, preActivation: null, activation: null, output: stats(), gradient: stats({ l2: 1.234e-5 }),
    units: null, parameters: [], failure: null, ...facts,
  };
}

export const model: ModelReport = {
  name: 'Net', framework: 'torch', definition: { file: 'net.py', line: 5, column: 6, endLine: 5, endColumn: 9 }, parameterCount: 203_530, trainableParameterCount: 203_530,
  flops: 13_100_000, inputs: [{ name: 'x', shape: [32, 784], dtype: 'float32', range: null, origin: 'file' }], plainInputs: [], arguments: [], output: { shape: [32, 10], mean: 0.5, std: 0.25 },
  loss: { kind: 'cross-entropy', name: null, value: 2.3026, origin: 'assumed', targets: 'random' },
  layers: [
    layer(0, { path: 'body', type: 'Sequential', kind: 'container', parameterCount: 200_960 }),
    layer(1, { path: 'body.0', parent: 0, parameterCount: 200_960 }),
    layer(2, { path: 'body.1', parent: 0, type: 'ReLU', output: stats({ zeroFraction: 0.5 }), units: { count: 256, inactive: 12, dormant: 12, saturatedFraction: 0, firing: [] } }),
    layer(3, { path: 'relu()', type: 'relu', kind: 'function', outputShape: [32, 10], gradient: null }),
  ],
  findings: [
    { rule: 'saturated', severity: 'information', message: 'Second.', layer: 'body.0', range: null, fixes: [] },
    { rule: 'inactive-units', severity: 'warning', message: 'First.', layer: 'body.0', range: { file: 'net.py', line: 7, column: 8, endLine: 7, endColumn: 20 }, fixes: [] },
  ],
  training: { loss: 'cross-entropy', optimizer: 'adam', learningRate: 1e-3, batchSize: 32, found: [] }, assumptions: [],
};
