import { strict as assert } from 'node:assert';
import type { ValueId } from '../../../src/graph/graph.ts';
import type { Backend } from '../../../src/engine/reference/backend.ts';
import { CancelledRun, EngineError, MemoryLimitError } from '../../../src/engine/engineError.ts';
import { runGraph } from '../../../src/engine/engine.ts';
import { Plan } from '../../../src/engine/reference/plan.ts';
import { referenceBackend } from '../../../src/engine/reference/referenceBackend.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { Recording, tensor } from '../recording.ts';

const memoryLimitBytes = 2 ** 30;

/** x → −x → … `depth` times, 4,000 bytes each. */
function chain(depth: number): { recording: Recording; x: ValueId; layers: ValueId[] } {
  const recording = new Recording();
  const x = recording.input(tensor('float32', [1000], Float32Array.from({ length: 1000 }, (_, i) => i / 1000)));
  const layers: ValueId[] = [];
  for (let n = 0, h = x; n < depth; n += 1) {
    h = recording.one('neg', [h]);
    layers.push(h);
  }
  return { recording, x, layers };
}

/** A backend that counts, and remembers the arrays it was given. */
function counting(): { backend: Backend; arrays: Set<unknown>; ops: string[] } {
  const arrays = new Set<unknown>();
  const ops: string[] = [];
  const backend: Backend = {
    name: 'counting',
    run(node, inputs, outputs) {
      ops.push(node.op);
      for (const { data } of outputs) arrays.add(data);
      referenceBackend.run(node, inputs, outputs);
    },
  };
  return { backend, arrays, ops };
}

describe('a plan', () => {
  it('runs only the nodes that its outputs need, in the graph\'s order', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float32', [2], [1, 2]));
    const a = recording.one('neg', [x]);
    recording.one('exp', [x]);
    const b = recording.one('add', [a, x]);
    const { backend, ops } = counting();
    new Plan(recording.graph, { outputs: [b], given: new Set() }, backend).run({ constants: recording.constants, memoryLimitBytes });
    assert.deepEqual(ops, ['neg', 'add']);
  });

  it('takes given values instead of computing them and what only they need', () => {
    const { recording, layers } = chain(5);
    const { backend, ops } = counting();
    const given = new Map([[layers[2], tensor('float32', [1000], new Float32Array(1000).fill(3))]]);
    const result = new Plan(recording.graph, { outputs: [layers[4]], given: new Set([layers[2]]) }, backend).run({ constants: recording.constants, given, memoryLimitBytes });
    assert.equal(ops.length, 2);
    assert.equal(result.get(layers[4])!.data[0], 3);
  });

  it('refuses a given tensor that is missing or of another type', () => {
    const { recording, x, layers } = chain(1);
    const plan = new Plan(recording.graph, { outputs: layers, given: new Set([x]) }, referenceBackend);
    const run = (given: Map<ValueId, Tensor>) => () => plan.run({ constants: recording.constants, given, memoryLimitBytes });
    assert.throws(run(new Map()), /was to be given/);
    assert.throws(run(new Map([[x, tensor('float32', [999], new Float32Array(999))]])), /float32 \(999,\) was given/);
  });

  it('keeps two arrays for a chain of 100 layers', () => {
    const { recording, layers } = chain(100);
    const { backend, arrays } = counting();
    const plan = new Plan(recording.graph, { outputs: [layers[99]], given: new Set() }, backend);
    // What is living at once is two arrays of 4,000 bytes.
    const result = plan.run({ constants: recording.constants, memoryLimitBytes: 8000 });
    assert.equal(arrays.size, 2);
    assert.equal(result.get(layers[99])!.data[999], Math.fround(0.999));
  });

  it('does not grow when run again: only what it handed out is new', () => {
    const { recording, layers } = chain(20);
    const { backend, arrays } = counting();
    const plan = new Plan(recording.graph, { outputs: [layers[19]], given: new Set() }, backend);
    plan.run({ constants: recording.constants, memoryLimitBytes });
    const [kept, before] = [plan.keptBytes, arrays.size];
    for (let n = 0; n < 50; n += 1) plan.run({ constants: recording.constants, memoryLimitBytes });
    assert.equal(plan.keptBytes, kept);
    assert.ok(arrays.size <= before + 50, `${arrays.size}`);
  });

  it('never writes to an array that it handed out, nor to a given or constant one', () => {
    const { recording, x, layers } = chain(6);
    const view = recording.one('reshape', [layers[3]], { shape: [10, 100] });
    const outputs = [layers[1], view, layers[5]];
    const plan = new Plan(recording.graph, { outputs: outputs, given: new Set() }, referenceBackend);
    const run = (): Tensor[] => [...plan.run({ constants: recording.constants, memoryLimitBytes }).values()];
    const first = run();
    const copies = first.map(({ data }) => data.slice());
    const constant = recording.constants(0).data.slice();
    for (let n = 0; n < 5; n += 1) run().forEach(({ data }) => data.fill(-5));
    first.forEach(({ data }, n) => assert.deepEqual(data, copies[n]));
    assert.deepEqual(recording.constants(0).data, constant);
    assert.notEqual(recording.graph.values[x], undefined);
  });

  it('shares the storage of views, and keeps it while one of them is still to be read', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float32', [4], [1, 2, 3, 4]));
    const a = recording.one('neg', [x]);
    const view = recording.one('detach', [recording.one('reshape', [a], { shape: [2, 2] })]);
    const others = recording.one('exp', [recording.one('exp', [x])]);
    const late = recording.one('neg', [view]);
    const results = runGraph(referenceEngine, recording.graph, [late, others, view], { constants: recording.constants, memoryLimitBytes });
    assert.deepEqual([...results.get(late)!.data], [1, 2, 3, 4]);
    assert.deepEqual(results.get(view)!.shape, [2, 2]);
  });

  it('calls each tap once, for computed, given and constant values, outputs or not', () => {
    const { recording, x, layers } = chain(4);
    const seen: string[] = [];
    const taps = new Map([x, layers[0], layers[1], layers[3]].map((value) => [value, (seenTensor: Tensor) => { seen.push(`${value} ${seenTensor.data[500]}`); }]));
    const given = new Map([[layers[0], tensor('float32', [1000], new Float32Array(1000).fill(7))]]);
    runGraph(referenceEngine, recording.graph, [layers[3]], { constants: recording.constants, memoryLimitBytes, taps, given });
    assert.deepEqual(seen.sort(), [`${x} 0.5`, `${layers[0]} 7`, `${layers[1]} -7`, `${layers[3]} -7`].sort());
  });

  it('refuses a tap on what it does not compute', () => {
    const { recording, layers } = chain(2);
    const plan = new Plan(recording.graph, { outputs: [layers[0]], given: new Set() }, referenceBackend);
    assert.throws(() => plan.run({ constants: recording.constants, memoryLimitBytes, taps: new Map([[layers[1], () => {}]]) }), /is tapped/);
  });

  it('names the node that exceeds the memory limit, and the sizes, and can be run again with more', () => {
    const recording = new Recording();
    const small = recording.one('full', [], { shape: [100], value: 1, dtype: 'float32' });
    const large = recording.one('expand', [small], { shape: [1000, 100] });
    const sum = recording.one('sum', [large], { dim: [0, 1], keepdim: false });
    const plan = new Plan(recording.graph, { outputs: [sum], given: new Set() }, referenceBackend);
    const run = (limit: number) => plan.run({ constants: recording.constants, memoryLimitBytes: limit });
    assert.throws(() => run(10_000), (error) => error instanceof MemoryLimitError
      && error.node === recording.graph.values[large].node && error.message === 'expand needs 391.0 KiB together with what is still in use; the limit is 9.8 KiB');
    assert.equal(run(1_000_000).get(sum)!.data[0], 100_000);
  });

  it('refuses a tensor of terabytes without trying to allocate it', () => {
    const recording = new Recording();
    const huge = recording.one('full', [], { shape: [1e6, 1e6, 2], value: 1, dtype: 'float32' });
    assert.throws(() => recording.run([huge]), MemoryLimitError);
  });

  it('stops between nodes when cancelled', () => {
    const { recording, layers } = chain(10);
    const { backend, ops } = counting();
    const plan = new Plan(recording.graph, { outputs: [layers[9]], given: new Set() }, backend);
    assert.throws(() => plan.run({ constants: recording.constants, memoryLimitBytes, isCancelled: () => ops.length === 3 }), CancelledRun);
    assert.equal(ops.length, 3);
  });

  it('says at which node the data was at fault', () => {
    const recording = new Recording();
    const weight = recording.input(tensor('float32', [2, 1], [1, 2]));
    const index = recording.input({ dtype: 'int64', shape: [2], data: Int32Array.of(1, 2) });
    const rows = recording.one('embedding', [weight, index]);
    assert.throws(() => recording.run([rows]), (error) => error instanceof EngineError && error.name === 'IndexError'
      && error.message === 'index out of range in self' && error.node === recording.graph.values[rows].node);
  });

  it('shifts every draw by the shift given, and draws the same without', () => {
    const recording = new Recording();
    const at = (offset: number) => recording.one('uniform', [], { seed: 3, offset, carry: null, shape: [5], from: 0, to: 1, dtype: 'float32' });
    const [start, later] = [at(0), at(700)];
    const plan = new Plan(recording.graph, { outputs: [start], given: new Set() }, referenceBackend);
    const run = (drawShift?: number) => plan.run({ constants: recording.constants, memoryLimitBytes, ...(drawShift === undefined ? {} : { drawShift }) }).get(start)!.data;
    assert.deepEqual(run(700), recording.run([later])[0].data);
    assert.deepEqual(run(), recording.run([start])[0].data);
    assert.deepEqual(run(0), run());
  });

  it('runs a graph of 100,000 nodes', () => {
    const recording = new Recording();
    let h = recording.input(tensor('float32', [1], [1]));
    for (let n = 0; n < 100_000; n += 1) h = recording.one('neg', [h]);
    assert.equal(recording.run([h])[0].data[0], 1);
  });
});

describe('integers in the engine', () => {
  const int64 = (...values: number[]): Tensor => ({ dtype: 'int64', shape: [values.length], data: Int32Array.from(values) });

  it('refuses an int64 result that needs more than 32 bits, rather than wrapping it', () => {
    for (const op of ['add', 'mul']) {
      const recording = new Recording();
      const x = recording.input(int64(2_000_000_000));
      assert.throws(() => recording.run([recording.one(op, [x, x])]), { name: 'OverflowError' }, op);
    }
  });

  it('refuses to draw or to fill in an int64 that needs more than 32 bits', () => {
    const place = { seed: 0, offset: 0, carry: null };
    const recording = new Recording();
    const drawn = recording.one('randint', [], { ...place, shape: [9], low: 0, high: 2 ** 40, dtype: 'int64' });
    const filled = recording.one('full', [], { shape: [1], value: 2 ** 31, dtype: 'int64' });
    for (const value of [drawn, filled]) assert.throws(() => recording.run([value]), { name: 'OverflowError' });
  });

  it('wraps int32 and smaller types as PyTorch does', () => {
    const recording = new Recording();
    const x = recording.one('cast', [recording.input(int64(2_000_000_000))], { dtype: 'int32' });
    assert.equal(recording.run([recording.one('add', [x, x])])[0].data[0], -294967296);
  });

  it('refuses to divide integers by zero', () => {
    const recording = new Recording();
    const node = recording.one('floor_divide', [recording.input(int64(1, 2)), recording.input(int64(1, 0))]);
    assert.throws(() => recording.run([node]), { name: 'ZeroDivisionError' });
  });

  it('refuses an index out of range with PyTorch\'s words', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float32', [3, 2], [1, 2, 3, 4, 5, 6]));
    const node = recording.one('index', [x, recording.input(int64(0, 3))], { dims: [0] });
    assert.throws(() => recording.run([node]), { name: 'IndexError', message: 'index 3 is out of bounds for dimension 0 with size 3' });
  });
});
