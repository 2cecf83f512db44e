import { strict as assert } from 'node:assert';
import { blockHistogram, sparkline } from '../../src/cli/blockHistogram.ts';
import { diagnosticLines } from '../../src/cli/findingsText.ts';
import { progressLine } from '../../src/cli/progressBar.ts';
import { reportLines } from '../../src/cli/reportText.ts';
import { layerTable } from '../../src/cli/table.ts';
import { isColoured, terminalStyle } from '../../src/cli/terminalStyle.ts';
import { layer, model, stats } from './reports.ts';

const plain = terminalStyle(false);

describe('the table of layers', () => {
  it('has one line per layer, indented as a tree, its figures in columns', () => {
    assert.deepEqual(layerTable(model.layers, 132, plain), [
      'layer   type        output      params   zeros  inactive      mean ± std  histogram         |gradient|',
      'body    Sequential  (32, 256)  200,960     0 %            −0.012 ± 0.571  ▁▁▁▁▃▅▇██▇▅▃▁▁▁▁      1.2e−5',
      '  0     Linear      (32, 256)  200,960     0 %            −0.012 ± 0.571  ▁▁▁▁▃▅▇██▇▅▃▁▁▁▁      1.2e−5',
      '  1     ReLU        (32, 256)           50.0 %    12/256  −0.012 ± 0.571  ▁▁▁▁▃▅▇██▇▅▃▁▁▁▁      1.2e−5',
      'relu()              (32, 10)               0 %            −0.012 ± 0.571  ▁▁▁▁▃▅▇██▇▅▃▁▁▁▁',
    ]);
  });

  for (const width of [132, 100, 84, 72, 60, 48]) {
    it(`keeps within ${width} characters, names, shapes and parameters kept`, () => {
      const long = [...model.layers, layer(4, { path: 'transformer.encoder.layers.11.self_attention.out_proj', parameterCount: 1_234_567 })];
      const lines = layerTable(long, width, plain);
      for (const line of lines) assert.ok(line.length <= width, `${line.length}: ${line}`);
      assert.match(lines[0], /^layer .*output +params/);
      assert.match(lines[5], /^tr.*….*proj .*\(32, 256\)/);
    });
  }

  for (const width of [60, 80, 100, 120, Infinity]) {
    it(`has name, type, output and parameters within ${width} characters, however long the names`, () => {
      const path = 'vision_model.encoder.layers.encoder_layer_11.self_attention.out_projection_of_all_heads';
      const type = 'NonDynamicallyQuantizableLinearWithRotaryEmbedding';
      const lines = layerTable([...model.layers, layer(4, { path, type, outputShape: [32, 197, 768], parameterCount: 590_592 })], width, plain);
      for (const line of lines) assert.ok(line.length <= width, `${line.length}: ${line}`);
      assert.match(lines[0], /^layer +type +output +params/);
      assert.match(lines[5], width === Infinity ? new RegExp(`^${path} +${type} +\\(32, 197, 768\\) +590,592 `) : /^visi.*….*s +Non.*….*ing? +\(32, 197, 768\) +590,592( |$)/);
      if (width >= 80) assert.match(lines[0], / zeros/);
    });
  }

  it('leaves out columns that say nothing, as for the structure alone', () => {
    const bare = model.layers.map((row) => ({ ...row, output: null, gradient: null, units: null }));
    assert.equal(layerTable(bare, 132, plain)[0].trimEnd(), 'layer   type        output      params');
  });

  it('marks the call that failed', () => {
    const [, line] = layerTable([layer(0, { outputShape: null, output: null, gradient: null, failure: 'mat1 and mat2' })], 100, plain);
    assert.match(line, /^fc0 .*failed/);
  });

  it('says of a layer that no call reached why it has no figures', () => {
    const missed = { outputShape: null, output: null, gradient: null };
    const lines = layerTable([layer(0, { ...missed, missed: 'not called' }), layer(1, { ...missed, missed: 'not reached' })], 100, plain);
    assert.deepEqual(lines.slice(1).map((line) => /not \w+/.exec(line)?.[0]), ['not called', 'not reached']);
  });

  it('is coloured on a terminal only, and not where NO_COLOR is set', () => {
    assert.deepEqual([isColoured({ isTTY: true }, {}), isColoured({}, {}), isColoured({ isTTY: true }, { NO_COLOR: '1' }), isColoured({ isTTY: true }, { TERM: 'dumb' })], [true, false, false, false]);
    assert.ok(layerTable(model.layers, 132, terminalStyle(true)).join('').includes('\u001b['));
    assert.ok(!layerTable(model.layers, 132, plain).join('').includes('\u001b'));
  });
});

describe('the text of a report', () => {
  it('says what the model is, what it was given, its totals and its findings, worst first', () => {
    const lines = reportLines(model, { seed: 3, mode: 'train', width: 132, style: plain });
    assert.equal(lines[0], 'Net  PyTorch  net.py:5:7');
    assert.equal(lines[1], 'input (32, 784) from the file · cross-entropy 2.303 against random targets (assumed) · seed 3 · train mode');
    assert.deepEqual(lines.slice(-5), [
      '', '203,530 parameters · 13.1 MFLOPs · output (32, 10)  0.500 ± 0.250', '', '! inactive-units  First.  net.py:7:9', 'i saturated  Second.',
    ]);
  });

  it('names parameters that are not trained', () => {
    const lines = reportLines({ ...model, trainableParameterCount: 203_529 }, { seed: 0, mode: 'eval', width: 100, style: plain });
    assert.ok(lines.some((line) => line.startsWith('203,530 parameters (1 parameter not trained)')));
  });

  it('gives diagnostics as FILE:LINE:COLUMN: message, one line each', () => {
    const range = { file: 'net.py', line: 4, column: 0, endLine: 4, endColumn: 3 };
    assert.deepEqual(diagnosticLines([
      { kind: 'shape', severity: 'error', message: 'mat1 and mat2\nmore', range, hint: 'nn.Linear(784, 256)' },
      { kind: 'skipped', severity: 'information', message: '`wandb` is not here', range: null, hint: null },
    ], 'net.py'), ['net.py:4:1: mat1 and mat2 (nn.Linear(784, 256))', 'net.py: information: `wandb` is not here']);
  });
});

describe('figures in characters', () => {
  it('draws a histogram that a spike of zeros does not press flat', () => {
    assert.equal(blockHistogram(stats(), 8), '▁▁▄██▄▁▁');
    const counts = [9000, ...new Array<number>(63).fill(10)];
    const relu = stats({ count: 9630, zeroFraction: 8990 / 9630, histogram: { min: 0, max: 1, counts } });
    assert.equal(blockHistogram(relu, 8), '████████');
    assert.equal(blockHistogram({ ...relu, zeroFraction: 0 }, 8), '█▁▁▁▁▁▁▁');
  });

  it('draws constant, empty and all-NaN values', () => {
    const single = [100, ...new Array<number>(63).fill(0)];
    assert.equal(blockHistogram(stats({ min: 3, max: 3, histogram: { min: 3, max: 3, counts: single } }), 8), '   █    ');
    assert.equal(blockHistogram(stats({ count: 5, nan: 5, histogram: { min: 0, max: 0, counts: new Array<number>(64).fill(0) } }), 8), '········');
  });

  it('draws a curve, also of one value and of none', () => {
    assert.deepEqual([sparkline([3, 2, 1, 0], 8), sparkline([1], 8), sparkline([], 8), sparkline([NaN, 1, 2], 8)], ['█▆▃▁', '▁', '', '▁█']);
  });

  it('keeps the line of progress within the terminal', () => {
    const progress = { runId: 1, step: 150, steps: 300, loss: 0.3217, accuracy: 0.91, stepsPerSecond: 85.4, model: null, updateToData: [], losses: [], accuracies: [] };
    const losses = Array.from({ length: 150 }, (_, step) => 1 / (step + 1));
    assert.equal(progressLine(progress, losses, plain, 120).slice(0, 70), '━━━━━━━━━━━━──────────── 150/300  loss 0.322  accuracy  91 %  85 steps/s'.slice(0, 70));
    for (const width of [120, 80, 60, 50]) assert.ok(progressLine(progress, losses, plain, width).length < width);
  });
});
