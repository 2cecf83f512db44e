import { strict as assert } from 'node:assert';
import { zipSync } from 'fflate';
import type { Task } from '../../src/training/dataset.ts';
import { fitDataset } from '../../src/training/fitDataset.ts';

const text = (content: string) => new TextEncoder().encode(content);

function task(facts: Partial<Task> = {}, features = 2, batch = 4): Task {
  return {
    inputs: [{ name: 'x', shape: [batch, features], dtype: 'float32', vocabulary: null }], output: { dtype: 'float32', shape: [batch, 3] },
    targets: { dtype: 'int64', shape: [batch] }, kind: 'classes', classes: 3, channelAxis: 'first', isSequential: false, seed: 1, ...facts,
  };
}
const values: Partial<Task> = { kind: 'values', targets: { dtype: 'float32', shape: [4, 1] } };

/** A .npy file, version 1.0. */
function npy(descr: string, shape: readonly number[], data: ArrayBufferView, fortran = false): Uint8Array {
  const written = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = text(`${written.padEnd(117)}\n`);
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(header, 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + header.length);
  return bytes;
}

describe('training data from a CSV file', () => {
  const iris = 'width,"length, cm",species\n1,10,b\n2,20,a\n3,30,c\n4,40,a\n';

  it('takes the header, quoted cells, words as classes, and standardizes the features', () => {
    const dataset = fitDataset(task(), 'iris.csv', text(iris));
    const { inputs: [x], targets } = dataset.batch(1);
    const rows = [...targets.data].map((label, row) => [label, Number(x.data[2 * row].toFixed(4)), Number(x.data[2 * row + 1].toFixed(4))]);
    assert.deepEqual(rows.sort((a, b) => a[1] - b[1]), [[1, -1.3416, -1.3416], [0, -0.4472, -0.4472], [2, 0.4472, 0.4472], [0, 1.3416, 1.3416]]);
    assert.match(dataset.description, /^iris\.csv: 4 examples of 2 features; each feature standardized/);
  });

  it('shows every example once an epoch, in another order each', () => {
    const many = Array.from({ length: 40 }, (_, row) => `${row},${row},0`).join('\r\n');
    const dataset = fitDataset(task(), 'many.csv', text(many));
    const epoch = (first: number) => Array.from({ length: 10 }, (_, step) => [...dataset.batch(first + step).inputs[0].data].filter((__, index) => index % 2 === 0)).flat();
    const [one, two] = [epoch(1), epoch(11)];
    assert.equal(new Set(one).size, 40);
    assert.deepEqual([...one].sort(), [...two].sort());
    assert.notDeepEqual(one, two);
  });

  it('takes the target from the column named so, semicolons, and classes counted from 1', () => {
    const { inputs: [x], targets } = fitDataset(task({}, 1), 'a.csv', text('label;value\n1;5\n2;5\n3;5\n1;5\n')).batch(1);
    assert.deepEqual([[...x.data], [...targets.data].sort()], [[0, 0, 0, 0], [0, 0, 1, 2]]);
  });

  it('reads numbers as targets of a regression', () => {
    const { targets } = fitDataset(task(values), 'a.csv', text('1,2,0.5\n1,3,1.5\n')).batch(1);
    assert.deepEqual([...targets.data].sort(), [0.5, 0.5, 1.5, 1.5]);
  });

  const refusals: readonly (readonly [string, string, Partial<Task>, RegExp])[] = [
    ['one feature too many', '1,2,3,0\n', {}, /has 3 features per example, and the model's input \(2\) takes 2/],
    ['a word among the features', 'a,b,c\n1,x,0\n', {}, /line 2: "x" in column "b" is not a number/],
    ['a word behind empty lines and a quoted line break', 'a,"b\nc",d\r\n\r\n1,2,0\r\n\n1,x,0\n', {}, /line 6: "x" in column/],
    ['a line that is too short', '1,2,0\n1,2\n', {}, /line 2: 2 columns, where the first line has 3/],
    ['a class that the model has not', '1,2,0\n1,2,1\n1,2,2\n1,2,7\n', {}, /target 7, and the model tells 3 classes apart/],
    ['too many words', '1,2,a\n1,2,b\n1,2,c\n1,2,d\n', {}, /4 different targets \(a, b, c, d, …\)/],
    ['a word where a number is needed', '1,2,high\n1,2,3\n', values, /target "high" is none/],
    ['nothing', '', {}, /is empty/],
    ['one column', '1\n2\n', {}, /has one column/],
  ];
  for (const [what, content, facts, message] of refusals) {
    it(`refuses ${what} in the user's terms`, () => assert.throws(() => fitDataset(task(facts), 'data.csv', text(content)), message));
  }
});

describe('training data from an .npz file', () => {
  it('reads arrays of any number type by their names', () => {
    const bytes = zipSync({ 'x.npy': npy('<f8', [4, 2], Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7)), 'y.npy': npy('<i8', [4], BigInt64Array.of(0n, 1n, 2n, 1n)) });
    const { inputs: [x], targets } = fitDataset(task(), 'a.npz', bytes).batch(1);
    const rows = [...targets.data].map((label, row) => [x.data[2 * row], x.data[2 * row + 1], label]);
    assert.deepEqual(rows.sort((a, b) => a[0] - b[0]), [[0, 1, 0], [2, 3, 1], [4, 5, 2], [6, 7, 1]]);
  });

  it('reads column-major arrays, bytes and one-hot targets', () => {
    const bytes = zipSync({
      'images.npy': npy('|u1', [4, 2], Uint8Array.of(0, 51, 102, 153, 255, 255, 255, 255), true),
      'labels.npy': npy('<f4', [4, 3], Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0)),
    });
    const dataset = fitDataset(task(), 'a.npz', bytes);
    const { inputs: [x], targets } = dataset.batch(1);
    const rows = [...targets.data].map((label, row) => [Number(x.data[2 * row].toFixed(4)), x.data[2 * row + 1], label]);
    assert.deepEqual(rows.sort((a, b) => a[0] - b[0]), [[0, 1, 0], [0.2, 1, 1], [0.4, 1, 2], [0.6, 1, 0]]);
    assert.match(dataset.description, /bytes divided by 255/);
  });

  const y = npy('<i4', [4], Int32Array.of(0, 1, 2, 0));
  const refusals: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['what is no archive', text('hello'), /is not an \.npz file/],
    ['an archive without targets', zipSync({ 'x.npy': npy('<f4', [4, 2], new Float32Array(8)) }), /holds x; .* the targets as y,/],
    ['different numbers of examples', zipSync({ 'x.npy': npy('<f4', [3, 2], new Float32Array(6)), 'y.npy': y }), /x has 3 examples, y has 4/],
    ['images of another size', zipSync({ 'x.npy': npy('<f4', [4, 5], new Float32Array(20)), 'y.npy': y }), /has 5 features per example/],
    ['pickled objects', zipSync({ 'x.npy': npy('|O', [4, 2], new Uint8Array(9)), 'y.npy': y }), /elements of type \|O are not read/],
    ['an array that is cut short', zipSync({ 'x.npy': npy('<f4', [4, 2], new Float32Array(3)), 'y.npy': y }), /is cut short/],
  ];
  for (const [what, bytes, message] of refusals) {
    it(`refuses ${what} in the user's terms`, () => assert.throws(() => fitDataset(task(), 'data.npz', bytes), message));
  }

  it('is not read from files of other kinds', () => assert.throws(() => fitDataset(task(), 'data.parquet', text('')), /read from \.csv and \.npz files/));
});
