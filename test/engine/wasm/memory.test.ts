// What of the engine's memory is left when a program or a block cannot be had: nothing.
import { strict as assert } from 'node:assert';
import { runGraph } from '../../../src/engine/engine.ts';
import { MemoryLimitError } from '../../../src/engine/engineError.ts';
import { maximumBytes } from '../../../src/engine/wasm/heap.ts';
import { WasmEngine } from '../../../src/engine/wasm/wasmEngine.ts';
import { emptyGraph } from '../../../src/graph/graph.ts';
import { Recording, tensor } from '../recording.ts';
import { kernelModule } from './engineUnderTest.ts';

const gib = 2 ** 30;
const newEngine = (): WasmEngine => new WasmEngine({ module: kernelModule, threads: 1 });

describe('the memory of the engine of kernels, where something fails', () => {
  it('has nothing left of a program whose constants cannot be had', () => {
    const engine = newEngine();
    const recording = new Recording();
    const y = recording.one('neg', [recording.input(tensor('float32', [2], [1, 2]))]);
    const { usedBytes } = engine.memory;
    const constants = () => { throw new Error('gone'); };
    assert.throws(() => runGraph(engine, recording.graph, [y], { constants, memoryLimitBytes: gib }), /gone/);
    assert.equal(engine.memory.usedBytes, usedBytes);
  });

  it('says that tensors do not fit with the real sizes, and holds on to nothing', () => {
    const engine = newEngine();
    const block = engine.allocate('uint8', [[3 * gib]]);
    const { usedBytes } = engine.memory;
    assert.throws(() => engine.allocate('float32', [[gib / 2]]), (error) => error instanceof MemoryLimitError && error.node === null
      && error.neededBytes === usedBytes + 2 * gib && error.limitedBy === 'addresses' && error.limitBytes === maximumBytes && /needs 5\.0 GiB .* WebAssembly has addresses for 4\.0 GiB/.test(error.message));
    assert.equal(engine.memory.usedBytes, usedBytes);
    engine.free(block);
  });

  it('ends in a limit error for a program that has nothing to do but hold what it is given', () => {
    const engine = newEngine();
    const recording = new Recording();
    const x = recording.input({ dtype: 'uint8', shape: [2 * gib], data: new Uint8Array(1) });
    const block = engine.allocate('uint8', [[3 * gib]]);
    const program = engine.prepare(recording.graph, { outputs: [x] });
    const { usedBytes } = engine.memory;
    assert.throws(() => program.run({ constants: recording.constants, memoryLimitBytes: 2 ** 40 }), MemoryLimitError);
    assert.equal(engine.memory.usedBytes, usedBytes);
    engine.free(block);
  });

  it('comes to the limit before it looks for room for an output that is larger than all memory', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float32', [2, 1], [1, 2]));
    const wide = recording.one('add', [recording.one('expand', [x], { shape: [2, gib] }), recording.one('tanh', [x])]);
    const run = (memoryLimitBytes: number) => () => recording.run([wide], newEngine(), memoryLimitBytes);
    assert.throws(run(gib), (error) => error instanceof MemoryLimitError && error.limitedBy === 'setting' && error.node === recording.graph.values[wide].node);
    assert.throws(run(2 ** 40), (error) => error instanceof MemoryLimitError && error.limitedBy === 'addresses');
  });

  it('names the op that an operand is copied for, not the one that comes next', () => {
    const recording = new Recording();
    const x = recording.input(tensor('float32', [2, 3, 4, 5, 60], new Float32Array(7200)));
    const turned = recording.one('permute', [x], { dims: [4, 2, 0, 3, 1] });
    const sum = recording.one('add', [turned, recording.input(tensor('float32', [1], [1]))]);
    const softmax = recording.one('softmax', [recording.one('reshape', [sum], { shape: [60, 120] })], { dim: 1 });
    const { node } = recording.graph.values[sum];
    assert.throws(() => recording.run([softmax], newEngine(), 20_000), (error) => error instanceof MemoryLimitError && error.node === node && error.message.startsWith('add needs'));
  });

  it('counts what an op needs beside its result, if that grows with it: the outputs of the generator for a bernoulli draw', () => {
    const recording = new Recording();
    const y = recording.one('bernoulli', [], { seed: 0, offset: 0, carry: null, shape: [2 ** 20], dtype: 'bool', p: 0.5 });
    const run = (memoryLimitBytes: number) => runGraph(newEngine(), recording.graph, [y], { constants: recording.constants, memoryLimitBytes });
    assert.throws(() => run(8 * 2 ** 20), (error) => error instanceof MemoryLimitError && error.neededBytes === 9 * 2 ** 20);
    assert.equal(run(9 * 2 ** 20).get(y)!.data.length, 2 ** 20);
  });

  it('counts room to sort in for the lanes that are sorted at the same time, however many threads there are', () => {
    const recording = new Recording();
    const [y] = recording.all('sort', [recording.input(tensor('float32', [2 ** 16], new Float32Array(2 ** 16)))], { dim: 0, descending: false });
    const engine = new WasmEngine({ module: kernelModule, threads: 4 });
    const run = (memoryLimitBytes: number) => runGraph(engine, recording.graph, [y], { constants: recording.constants, memoryLimitBytes });
    assert.throws(() => run(2 ** 20), (error) => error instanceof MemoryLimitError && error.neededBytes === (4 + 4 + 16) * 2 ** 16);
    run(24 * 2 ** 16);
  });

  it('computes a graph without nodes', () => {
    assert.equal(runGraph(newEngine(), emptyGraph(), [], { constants: () => { throw new Error('none'); }, memoryLimitBytes: gib }).size, 0);
  });
});
