import { strict as assert } from 'node:assert';
import { shiftRange } from '../../src/host/positionShift.ts';
import type { TextChange } from '../../src/host/positionShift.ts';
import { range } from './reports.ts';

const at = range(10, 8, 20);
const insert = (startLine: number, startColumn: number, text: string): TextChange => ({ startLine, startColumn, endLine: startLine, endColumn: startColumn, text });
const replace = (startLine: number, startColumn: number, endLine: number, endColumn: number, text: string): TextChange => ({ startLine, startColumn, endLine, endColumn, text });

/** [what happens, changes, where the range is then (null: nowhere)] */
const cases: readonly (readonly [string, readonly TextChange[], ReturnType<typeof range> | null])[] = [
  ['stays when nothing changed', [], at],
  ['stays when text is added on a later line', [insert(12, 0, 'x\ny')], at],
  ['stays when text is added right after its end', [insert(9, 20, 'abc')], at],
  ['moves down with a line added above', [insert(3, 0, 'import os\n')], range(11, 8, 20)],
  ['moves up with lines removed above', [replace(2, 0, 5, 0, '')], range(7, 8, 20)],
  ['moves right with text added before it on its line', [insert(9, 2, 'abc')], range(10, 11, 23)],
  ['moves right with text typed exactly at its start', [insert(9, 8, 'x')], range(10, 9, 21)],
  ['moves to a new line when its line is broken before it', [insert(9, 4, '\n    ')], range(11, 8, 20)],
  ['joins the line above when the break before it is removed', [replace(8, 5, 9, 0, '')], range(9, 13, 25)],
  ['grows with text typed inside', [insert(9, 12, '12')], range(10, 8, 22)],
  ['shrinks with text removed inside', [replace(9, 12, 9, 14, '')], range(10, 8, 18)],
  ['spans lines when a break is typed inside', [insert(9, 12, '\n')], range(10, 8, 8, 11)],
  ['is gone when a change cuts across its start', [replace(9, 4, 9, 10, '')], null],
  ['is gone when a change cuts across its end', [replace(9, 18, 9, 22, '')], null],
  ['is gone when all of it is replaced', [replace(9, 8, 9, 20, 'other')], null],
  ['takes changes one after another', [insert(0, 0, '\n\n'), insert(11, 0, '  '), replace(11, 12, 11, 13, '')], range(12, 10, 21)],
];

describe('a range while the text changes', () => {
  for (const [title, changes, expected] of cases) it(title, () => assert.deepEqual(shiftRange(at, changes), expected));
});
