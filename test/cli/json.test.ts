import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { withShownPaths } from '../../src/cli/fileRequest.ts';
import { jsonDocument } from '../../src/cli/jsonDocument.ts';
import { progressLines } from '../../src/cli/trainCommand.ts';
import { layer, model, stats } from './reports.ts';

describe('the command\'s JSON', () => {
  it('writes numbers that are not finite as strings, and loses nothing else', () => {
    const document = { loss: NaN, layers: [{ max: Infinity, min: -Infinity, mean: 0.1, name: 'NaN?', units: null, counts: [1, 2] }] };
    assert.deepEqual(JSON.parse(jsonDocument(document)), { loss: 'NaN', layers: [{ max: 'Infinity', min: '-Infinity', mean: 0.1, name: 'NaN?', units: null, counts: [1, 2] }] });
  });

  it('names the file as the user did', () => {
    const path = resolve('examples/net.py');
    const shown = withShownPaths({ file: path, layers: [{ call: { file: path, line: 1 }, definition: { file: resolve('examples/blocks.py'), line: 2 } }] }, './examples/net.py', path);
    assert.deepEqual(shown, { file: './examples/net.py', layers: [{ call: { file: './examples/net.py', line: 1 }, definition: { file: 'examples/blocks.py', line: 2 } }] });
  });

  it('has a line per step of a training, the layers on the step they were taken at', () => {
    const lines = progressLines({
      runId: 1, step: 12, steps: 20, loss: 0.5, accuracy: 0.75, stepsPerSecond: 40, updateToData: [-3.1, null], losses: [0.7, NaN, 0.5], accuracies: [0.5, 0.5, 0.75],
      model: { ...model, layers: [layer(0, { path: 'fc', units: { count: 4, inactive: 1, dormant: 1, saturatedFraction: 0, firing: [] } }), layer(1, { path: 'act', output: stats({ zeroFraction: 0.5 }), gradient: null })] },
    }).map((line) => JSON.parse(line) as unknown);
    assert.deepEqual(lines, [
      { step: 10, loss: 0.7, accuracy: 0.5, stepsPerSecond: 40 }, { step: 11, loss: 'NaN', accuracy: 0.5, stepsPerSecond: 40 },
      {
        step: 12, loss: 0.5, accuracy: 0.75, stepsPerSecond: 40, layers: [
          { path: 'fc', zeroFraction: 0, inactive: 1, gradientNorm: 1.234e-5, updateToData: -3.1 }, { path: 'act', zeroFraction: 0.5, inactive: null, gradientNorm: null, updateToData: null },
        ],
      },
    ]);
  });
});
