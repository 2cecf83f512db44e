import { strict as assert } from 'node:assert';
import { reportLines } from '../../src/cli/reportText.ts';
import { terminalStyle } from '../../src/cli/terminalStyle.ts';
import type { LossReport } from '../../src/protocol/report.ts';
import { model } from './reports.ts';

describe('a model\'s report as text', () => {
  const facts = (file: string): string => {
    const range = { file, line: 9, column: 0, endLine: 9, endColumn: 4 };
    const loss: LossReport = { kind: 'own', name: null, value: 0.5, origin: 'file', targets: 'random', range };
    return reportLines({ ...model, loss }, { seed: 0, mode: 'train', width: 132, style: terminalStyle(false) })[1]!;
  };

  it('says the line of the loss, and its file where that is another one', () => {
    assert.match(facts('net.py'), /the file's own loss 0\.50* against random targets \(line 9\)/);
    assert.match(facts('work/losses.py'), /\(line 9 of losses\.py\)/);
  });
});
