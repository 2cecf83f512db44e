// Model reports as the runtime makes them, from random draws through small layers: figures that belong together, so that
// charts have real shapes. Nothing here is read by the product.
import type { PanelSnapshot, PanelState, ReadyContent, TrainingState } from '../../src/protocol/panelApi.ts';
import type { LayerReport, ModelReport, ParameterReport, Stats, UnitReport } from '../../src/protocol/report.ts';
import type { SourceRange } from '../../src/protocol/source.ts';

/** Uniform draws in 0..1, the same in each run. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function normals(count: number, mean: number, std: number, uniform: () => number): number[] {
  return Array.from({ length: count }, () => mean + std * Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform()));
}

export function stats(values: readonly number[]): Stats {
  const finite = values.filter(Number.isFinite);
  const sum = (map: (value: number) => number) => finite.reduce((total, value) => total + map(value), 0);
  const mean = sum((value) => value) / finite.length;
  const min = finite.length === 0 ? NaN : Math.min(...finite);
  const max = finite.length === 0 ? NaN : Math.max(...finite);
  const counts = new Array<number>(64).fill(0);
  for (const value of finite) counts[max === min ? 0 : Math.min(63, Math.floor(((value - min) / (max - min)) * 64))]!++;
  return {
    count: values.length, mean, std: Math.sqrt(sum((value) => (value - mean) ** 2) / finite.length), min, max,
    l2: Math.sqrt(values.reduce((total, value) => total + value * value, 0)),
    meanAbs: values.reduce((total, value) => total + Math.abs(value), 0) / values.length, maxAbs: finite.length < values.length ? NaN : Math.max(...values.map(Math.abs)),
    zeroFraction: values.filter((value) => value === 0).length / Math.max(1, values.length),
    nan: values.filter(Number.isNaN).length, posInf: values.filter((value) => value === Infinity).length, negInf: values.filter((value) => value === -Infinity).length,
    histogram: { min, max, counts },
  };
}

export function range(line: number, column = 8, length = 20): SourceRange {
  return { file: '/home/user/model.py', line, column, endLine: line, endColumn: column + length };
}

const blank = {
  parent: null, summary: '', definition: null, call: null, inputShapes: [[32, 8]], outputShape: [32, 8], parameterCount: 0, flops: 0, activationFunction: null, activationLayer: null,
  preActivation: null, activation: null, output: null, gradient: null, units: null, parameters: [], failure: null,
} as const;

/** A layer with nothing known but what is given. */
export function layer(given: Partial<LayerReport> & Pick<LayerReport, 'index' | 'path' | 'type'>): LayerReport {
  return { kind: 'module', ...blank, ...given };
}

export interface DenseOptions {
  readonly index: number;
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly bias?: number;
  readonly gradientScale?: number;
  readonly activation?: 'relu' | 'tanh' | null;
  readonly activationLayer?: number | null;
  readonly parent?: number | null;
}

const batchSize = 32;

/** A `Linear` whose units are shifted by `bias`, and the function after it. */
export function dense(options: DenseOptions, uniform: () => number): LayerReport {
  const { index, path, from, to, line, bias = 0, gradientScale = 1e-3, activation = 'relu', activationLayer = null, parent = null } = options;
  const shifts = normals(to, bias, Math.abs(bias) * 0.6, uniform);
  const before = Array.from({ length: batchSize }, () => normals(to, 0, 0.6, uniform).map((value, unit) => value + shifts[unit]!));
  const apply = (value: number) => (activation === 'relu' ? Math.max(0, value) : activation === 'tanh' ? Math.tanh(value) : value);
  const after = before.map((sample) => sample.map(apply));
  const firing = shifts.map((_, unit) => after.filter((sample) => sample[unit]! > 0).length / batchSize);
  const units: UnitReport = {
    count: to, inactive: activation === 'relu' ? firing.filter((share) => share === 0).length : null, dormant: firing.filter((share) => share < 0.02).length,
    saturatedFraction: activation === 'tanh' ? 0.12 : 0, firing,
  };
  const limit = 1 / Math.sqrt(from);
  const weight = stats(Array.from({ length: Math.min(4000, from * to) }, () => (2 * uniform() - 1) * limit));
  const parameters: ParameterReport[] = [
    { name: 'weight', shape: [to, from], trainable: true, value: weight, gradient: stats(normals(2000, 0, gradientScale, uniform)) },
    { name: 'bias', shape: [to], trainable: true, value: stats(normals(to, bias, 0.05, uniform)), gradient: stats(normals(to, 0, gradientScale, uniform)) },
  ];
  return layer({
    index, path, type: 'Linear', parent, summary: `${from}, ${to}`, definition: range(line), call: range(line + 20), inputShapes: [[batchSize, from]], outputShape: [batchSize, to],
    parameterCount: from * to + to, flops: 2 * batchSize * from * to, activationFunction: activation, activationLayer,
    preActivation: activation ? stats(before.flat()) : null, activation: activation ? stats(after.flat()) : null, output: stats(before.flat()),
    gradient: stats(normals(3000, 0, gradientScale, uniform)), units, parameters,
  });
}

export function model(name: string, layers: readonly LayerReport[], given: Partial<ModelReport> = {}): ModelReport {
  const parameterCount = layers.reduce((total, one) => total + one.parameterCount, 0);
  return {
    name, framework: 'torch', definition: range(10, 0), parameterCount, trainableParameterCount: parameterCount, flops: 0,
    inputs: [{ name: 'x', shape: [batchSize, 784], dtype: 'float32', range: null, origin: 'file' }], plainInputs: [], arguments: [], output: { shape: [batchSize, 10], mean: 0, std: 1 },
    loss: { kind: 'cross-entropy', name: null, value: 2.34, origin: 'file', targets: 'random' }, layers, findings: [],
    training: { loss: 'cross-entropy', optimizer: 'adam', learningRate: 1e-3, batchSize: 32, found: ['optimizer', 'learningRate'] }, assumptions: [], ...given,
  };
}

/** Four dense layers, each followed by an `F.relu` call of its own, the third with units that never fire; and a head. */
export function classifier(shift = 0): ModelReport {
  const uniform = generator(7);
  const widths = [784, 200, 160, 128, 64];
  const layers: LayerReport[] = [];
  for (let i = 0; i < 4; i++) {
    const linear = dense({
      index: 2 * i, path: `fc${i + 1}`, from: widths[i]!, to: widths[i + 1]!, line: 14 + i, bias: (i === 2 ? -1.4 : 0) + shift, gradientScale: 10 ** (-4 + 0.6 * i), activationLayer: 2 * i + 1,
    }, uniform);
    layers.push(linear, layer({
      index: 2 * i + 1, path: `relu_${i + 1}`, type: 'relu', kind: 'function', call: range(34 + i, 12, 6), activationFunction: 'relu', preActivation: linear.preActivation, activation: linear.activation, output: linear.activation,
    }));
  }
  layers.push(dense({ index: 8, path: 'head', from: 64, to: 10, line: 18, gradientScale: 10 ** -1.4, activation: null }, uniform));
  return model('Classifier', layers, {
    findings: [{ rule: 'inactive-units', severity: 'warning', message: `${layers[4]!.units!.inactive} of 128 units fired for none of the 32 inputs.`, layer: 'fc3', range: range(16), fixes: [] }],
    assumptions: ['num_classes was taken as 10, from the last layer.'],
  });
}

/** Containers within containers, as a residual network has them. */
export function nested(): ModelReport {
  const uniform = generator(3);
  const layers: LayerReport[] = [];
  for (let block = 0; block < 3; block++) {
    const parent = layers.length;
    layers.push(layer({ index: parent, path: `encoder.layers.${block}`, type: 'TransformerEncoderLayer', kind: 'container', definition: range(40 + block), output: stats(normals(2000, 0, 1, uniform)), gradient: stats(normals(2000, 0, 1e-2, uniform)) }));
    for (const name of ['linear1', 'linear2']) {
      layers.push(dense({ index: layers.length, path: `encoder.layers.${block}.${name}`, from: 32, to: 32, line: 50 + layers.length, parent, activation: name === 'linear1' ? 'tanh' : null, gradientScale: 1e-2 }, uniform));
    }
  }
  return model('Encoder', layers, { framework: 'keras', inputs: [{ name: 'tokens', shape: [32, 128, 32], dtype: 'float32', range: null, origin: 'inferred' }] });
}

/** A report with everything a chart can choke on. */
export function broken(): ModelReport {
  const uniform = generator(5);
  const nan = stats(new Array<number>(64).fill(NaN));
  const zero = stats(new Array<number>(64).fill(0));
  const half = stats([...normals(500, 0, 1, uniform), NaN, Infinity, -Infinity]);
  return model('Broken', [
    dense({ index: 0, path: 'good', from: 16, to: 16, line: 5 }, uniform),
    layer({ index: 1, path: 'all_zero', type: 'ReLU', activationFunction: 'relu', preActivation: stats(normals(64, -3, 0.2, uniform)), activation: zero, output: zero, gradient: zero, call: range(30),
      units: { count: 8, inactive: 8, dormant: 8, saturatedFraction: 0, firing: new Array<number>(8).fill(0) } }),
    layer({ index: 2, path: 'constant', type: 'Linear', output: stats(new Array<number>(64).fill(0.5)), gradient: stats(normals(64, 0, 1e-3, uniform)), call: range(31) }),
    layer({ index: 3, path: 'some_nan', type: 'Linear', output: half, gradient: half, call: range(32) }),
    layer({ index: 4, path: 'all_nan', type: 'Linear', output: nan, gradient: nan, call: range(33), parameters: [{ name: 'weight', shape: [8, 8], trainable: true, value: nan, gradient: nan }] }),
    layer({ index: 5, path: 'empty', type: 'Linear', outputShape: [0, 8], output: stats([]), gradient: null, call: range(34) }),
  ], { loss: { kind: 'cross-entropy', name: null, value: NaN, origin: 'file', targets: 'random' } });
}

/** The third layer raised: the layers before it are known, none after it. */
export function failing(): ModelReport {
  const uniform = generator(9);
  return model('Misfit', [
    dense({ index: 0, path: 'fc1', from: 784, to: 256, line: 14, activation: 'relu' }, uniform),
    dense({ index: 1, path: 'fc2', from: 256, to: 784, line: 15, activation: null }, uniform),
    layer({ index: 2, path: 'fc3', type: 'Linear', summary: '780, 256', definition: range(16), call: range(36), inputShapes: [[32, 784]], outputShape: null, parameterCount: 199_936,
      failure: 'mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)' }),
  ].map((one) => ({ ...one, gradient: null })), { output: null, loss: null });
}

/** `count` layers whose figures are shared, so that the report is large only in rows. */
export function large(count: number): ModelReport {
  const uniform = generator(11);
  const templates = Array.from({ length: 8 }, (_, i) => dense({ index: 0, path: '', from: 64, to: 64, line: 1, gradientScale: 10 ** (-5 + i / 2) }, uniform));
  return model('Deep', Array.from({ length: count }, (_, index) => ({ ...templates[index % 8]!, index, path: `blocks.${index}.linear`, definition: range(index + 1), call: range(index + 1) })));
}

export function content(models: readonly ModelReport[]): ReadyContent {
  return {
    file: '/home/user/model.py', title: 'model.py', models, listing: models.map(({ name }, i) => ({ name, kind: 'class', main: i === 0 })), choices: {}, unfit: {}, seed: 0, mode: 'train', durationMs: 41,
  };
}

export function ready(models: readonly ModelReport[], training: TrainingState = { kind: 'none' }): PanelState {
  return { kind: 'ready', content: content(models), diagnostics: [], training };
}

export function snapshot(revision: number, state: PanelState, cursorLayer: number | null = null): PanelSnapshot {
  return { revision, state, cursorLayer, aside: null };
}

/** A run at `step` whose loss falls and whose accuracy rises, with some noise. */
export function trainingAt(step: number, kind: 'running' | 'paused' | 'ended', report: ModelReport | null): TrainingState {
  const uniform = generator(13);
  const loss = Array.from({ length: step }, (_, i) => 2.3 * Math.exp(-i / 60) + 0.15 + 0.2 * (uniform() - 0.5));
  const accuracy = loss.map((value) => Math.min(1, Math.max(0, 1 - value / 2.6)));
  const progress = {
    runId: 1, step, steps: 200, loss: loss.at(-1) ?? NaN, accuracy: accuracy.at(-1) ?? null, stepsPerSecond: 84.2, model: report, updateToData: report ? report.layers.map(() => -2.9) : [], losses: loss.slice(-5), accuracies: accuracy.slice(-5),
  };
  const told = { progress, curves: { loss, accuracy }, isOutdated: false };
  if (kind !== 'ended') return { kind, ...told };
  return { kind, ...told, result: {
    reason: 'steps', step, loss: progress.loss, accuracy: progress.accuracy, data: 'blobs', optimizer: 'adam', learningRate: 1e-3, batch: 32, message: null, diagnostics: [],
  } };
}
