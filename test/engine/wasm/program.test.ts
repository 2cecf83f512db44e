import { strict as assert } from 'node:assert';
import { runGraph } from '../../../src/engine/engine.ts';
import { CancelledRun, EngineError, MemoryLimitError } from '../../../src/engine/engineError.ts';
import { referenceEngine } from '../../../src/engine/reference/referenceEngine.ts';
import { WasmEngine } from '../../../src/engine/wasm/wasmEngine.ts';
import type { ValueId } from '../../../src/graph/graph.ts';
import { Recording, tensor } from '../recording.ts';
import { engineWithThreads, kernelModule, singleThreaded } from './engineUnderTest.ts';

const memoryLimitBytes = 2 ** 32;

/** x → linear → relu → … `depth` times, of 64 × 64. */
function layers(depth: number): { recording: Recording; x: ValueId; weights: ValueId[]; outputs: ValueId[] } {
  const recording = new Recording();
  const filled = (value: (at: number) => number) => recording.input(tensor('float32', [64, 64], Float32Array.from({ length: 4096 }, (_, at) => value(at))));
  const x = filled((at) => (at % 13) - 6);
  const weights: ValueId[] = [];
  const outputs: ValueId[] = [];
  for (let n = 0, h = x; n < depth; n += 1) {
    weights.push(filled((at) => ((at * (n + 3)) % 17) / 170));
    h = recording.one('relu', [recording.one('linear', [h, weights[n]])]);
    outputs.push(h);
  }
  return { recording, x, weights, outputs };
}

describe('a program of kernels', () => {
  it('reads what it is given where it lies in the engine\'s memory, and copies what lies elsewhere', () => {
    const { recording, x, weights, outputs } = layers(2);
    const program = singleThreaded.prepare(recording.graph, { outputs: [outputs[1]], given: new Set([x, weights[0]]), tapped: [weights[0]] });
    const block = singleThreaded.allocate('float32', [[64, 64]]);
    const [own] = block.parts;
    const run = (data: Float32Array) => {
      let place = -1;
      const result = program.run({
        constants: recording.constants, memoryLimitBytes, given: new Map([[x, recording.constants(0)], [weights[0], { ...own, data }]]),
        taps: new Map([[weights[0], (seen) => void (place = seen.data.byteOffset)]]),
      }).get(outputs[1])!.data;
      return { result, place };
    };
    own.data.fill(0.25);
    const inPlace = run(own.data as Float32Array), copied = run(new Float32Array(4096).fill(0.25));
    assert.deepEqual(copied.result, inPlace.result);
    assert.equal(inPlace.place, own.data.byteOffset);
    assert.notEqual(copied.place, own.data.byteOffset);
    assert.deepEqual(run(own.data as Float32Array), inPlace);
    program.release();
    singleThreaded.free(block);
  });

  it('writes an output to the tensor it is told, in the engine\'s memory or outside of it, and else to one of its own', () => {
    const { recording, outputs } = layers(3);
    const program = singleThreaded.prepare(recording.graph, { outputs: [outputs[0], outputs[2]] });
    const options = { constants: recording.constants, memoryLimitBytes };
    const own = program.run(options);
    const block = singleThreaded.allocate('float32', [[64, 64], [64, 64]]);
    const outside = { ...own.get(outputs[2])!, data: new Float32Array(4096) };
    const results = program.run({ ...options, into: new Map([[outputs[0], block.parts[1]], [outputs[2], outside]]) });
    assert.equal(results.get(outputs[0]), block.parts[1]);
    assert.deepEqual(Float32Array.from(block.parts[1].data), own.get(outputs[0])!.data);
    assert.deepEqual(outside.data, own.get(outputs[2])!.data);
    block.whole.data.fill(9);
    assert.deepEqual(program.run(options).get(outputs[0])!.data, own.get(outputs[0])!.data);
    assert.ok(block.whole.data.every((value: number) => value === 9));
    program.release();
    singleThreaded.free(block);
  });

  it('writes nothing but the part where a part of another output is to go', () => {
    const recording = new Recording();
    const numbers = tensor('float32', [64], Array.from({ length: 64 }, (_, n) => n));
    const x = recording.input(numbers);
    const y = recording.one('neg', [x]);
    const part = recording.one('slice', [y], { dim: 0, start: 0, end: 8, step: 1 });
    const program = singleThreaded.prepare(recording.graph, { outputs: [y, part], given: new Set([x]) });
    const block = singleThreaded.allocate('float32', [[8], [56]]);
    block.whole.data.fill(9);
    program.run({ constants: recording.constants, memoryLimitBytes, given: new Map([[x, numbers]]), into: new Map([[part, block.parts[0]]]) });
    assert.deepEqual([...block.parts[0].data], [-0, -1, -2, -3, -4, -5, -6, -7]);
    assert.ok(block.parts[1].data.every((value: number) => value === 9));
    program.release();
    singleThreaded.free(block);
  });

  it('hands out arrays that later runs leave alone', () => {
    const { recording, outputs } = layers(2);
    const program = singleThreaded.prepare(recording.graph, { outputs });
    const options = { constants: recording.constants, memoryLimitBytes };
    const first = [...program.run(options).values()].map(({ data }) => data);
    const copies = first.map((data) => data.slice());
    first.forEach((data) => data.fill(-1));
    const second = [...program.run(options).values()].map(({ data }) => data);
    assert.deepEqual(second, copies);
    program.release();
  });

  it('names the node that needs more memory than there may be, after telling what it measured before', () => {
    const { recording, outputs } = layers(6);
    const concatenated = recording.one('cat', outputs, { dim: 0 });
    const measured = new Map([outputs[0], outputs[5], concatenated].map((value) => [value, { units: null }]));
    const told: ValueId[] = [];
    // Six layers of 16 KiB are there when their concatenation is to be made.
    const run = () => runGraph(singleThreaded, recording.graph, [], { constants: recording.constants, memoryLimitBytes: 7 * 16384, onMeasured: (value) => told.push(value) }, measured);
    assert.throws(run, (error) => error instanceof MemoryLimitError && recording.graph.nodes[error.node!].op === 'cat' && error.limitBytes === 7 * 16384);
    assert.deepEqual(told, [outputs[0], outputs[5]]);
  });

  it('can be run again after its limit was too low, and after it was cancelled', () => {
    const { recording, outputs } = layers(4);
    const program = singleThreaded.prepare(recording.graph, { outputs: [outputs[3]], tapped: [outputs[1]] });
    const options = { constants: recording.constants, memoryLimitBytes };
    assert.throws(() => program.run({ ...options, memoryLimitBytes: 100 }), MemoryLimitError);
    let asked = 0;
    assert.throws(() => program.run({ ...options, isCancelled: () => (asked += 1) === 2 }), CancelledRun);
    const expected = runGraph(referenceEngine, recording.graph, [outputs[3]], options).get(outputs[3])!;
    program.run(options).get(outputs[3])!.data.forEach((value: number, at: number) => assert.ok(Math.abs(value - expected.data[at]) <= 1e-4 * Math.abs(expected.data[at])));
    program.release();
  });

  describe('of what depends on constants alone', () => {
    /** A mask of constants, applied to what is given. */
    function masked() {
      const recording = new Recording();
      const x = recording.input(tensor('float32', [4, 4], Array.from({ length: 16 }, (_, n) => n + 1)));
      const ones = recording.one('full', [], { shape: [4, 4], value: 1, dtype: 'float32' });
      const positions = recording.one('cast', [recording.one('arange', [], { start: 0, step: 1, length: 4, dtype: 'int64' })], { dtype: 'float32' });
      const mask = recording.one('add', [recording.one('tril', [ones], { diagonal: 0 }), recording.one('mul', [positions, recording.input(tensor('float32', [4], [1, 2, 3, 4]))])]);
      return { recording, x, mask, ones, y: recording.one('mul', [x, mask]) };
    }

    it('has the same values in each run, wherever outputs are to go, and tells its figures each time', () => {
      const { recording, x, mask, y, ones } = masked();
      const outputs = [y, mask, ones];
      const program = singleThreaded.prepare(recording.graph, { outputs, given: new Set([x]), measured: new Map([[mask, { units: null }]]) });
      const block = singleThreaded.allocate('float32', [[4, 4], [4, 4], [4, 4]]);
      for (let n = 0; n < 3; n += 1) {
        const given = new Map([[x, tensor('float32', [4, 4], Array.from({ length: 16 }, (_, at) => at * n))]]);
        const told: ValueId[] = [];
        const options = { constants: recording.constants, memoryLimitBytes, given, onMeasured: (value: ValueId) => void told.push(value) };
        const expected = runGraph(referenceEngine, recording.graph, outputs, options);
        const into = n === 1 ? new Map(outputs.map((output, at) => [output, block.parts[at]])) : undefined;
        const found = program.run({ ...options, ...(into && { into }) });
        for (const output of outputs) assert.deepEqual(Float32Array.from(found.get(output)!.data), expected.get(output)!.data, `run ${n}`);
        assert.deepEqual(told, [mask]);
      }
      program.release();
      singleThreaded.free(block);
    });

    it('is computed in the first run only', () => {
      const { recording, x, y } = masked();
      const program = singleThreaded.prepare(recording.graph, { outputs: [y], given: new Set([x]) });
      const partsOfRun = (): number => {
        let asked = 0;
        program.run({ constants: recording.constants, memoryLimitBytes, given: new Map([[x, recording.constants(0)]]), isCancelled: () => (asked += 1) < 0 });
        return asked;
      };
      const first = partsOfRun();
      assert.ok(partsOfRun() < first);
      assert.equal(partsOfRun(), 1);
      program.release();
      assert.equal(partsOfRun(), first);
      program.release();
    });

    it('fails in each run if it does', () => {
      const recording = new Recording();
      const [x, table] = [tensor('float32', [2], [1, 2]), tensor('float32', [3, 2], [1, 2, 3, 4, 5, 6])].map((each) => recording.input(each));
      const found = recording.one('embedding', [table, recording.input({ dtype: 'int64', shape: [1], data: Int32Array.of(3) })]);
      const program = singleThreaded.prepare(recording.graph, { outputs: [recording.one('add', [x, found])], given: new Set([x]) });
      for (let n = 0; n < 2; n += 1) {
        const run = () => program.run({ constants: recording.constants, memoryLimitBytes, given: new Map([[x, recording.constants(0)]]) });
        assert.throws(run, (error) => error instanceof EngineError && error.name === 'IndexError' && error.node === recording.graph.values[found].node);
      }
      program.release();
    });
  });

  it('says which node the data made impossible', () => {
    const recording = new Recording();
    const table = recording.input(tensor('float32', [3, 2], [1, 2, 3, 4, 5, 6]));
    const index = recording.input({ dtype: 'int64', shape: [2], data: Int32Array.of(1, 3) });
    const found = recording.one('embedding', [table, index]);
    assert.throws(() => recording.run([found], singleThreaded), (error) => error instanceof EngineError && error.name === 'IndexError' && error.node === recording.graph.values[found].node);
  });

  it('shifts random draws, so that each step draws anew', () => {
    const recording = new Recording();
    const drawn = recording.one('uniform', [], { shape: [5], from: 0, to: 1, dtype: 'float32', seed: 3, offset: 0, carry: null });
    const program = singleThreaded.prepare(recording.graph, { outputs: [drawn] });
    const run = (drawShift: number) => [...program.run({ constants: recording.constants, memoryLimitBytes, drawShift }).get(drawn)!.data];
    assert.notDeepEqual(run(5), run(0));
    assert.deepEqual(run(0), run(0));
    program.release();
  });
});

describe('the memory of the engine of kernels', () => {
  it('does not grow over a thousand programs, and holds nothing when they are released', () => {
    const engine = new WasmEngine({ module: kernelModule, threads: 1 });
    const cycle = (): void => {
      const { recording, outputs } = layers(3);
      runGraph(engine, recording.graph, outputs, { constants: recording.constants, memoryLimitBytes });
    };
    cycle();
    const { usedBytes, byteLength } = engine.memory;
    for (let n = 0; n < 1000; n += 1) cycle();
    assert.deepEqual(engine.memory, { usedBytes, byteLength });
  });

  it('computes the same beyond 2 GiB, and is given up when it has grown large and nobody needs it', async () => {
    const engine = await engineWithThreads(2);
    const { recording, outputs } = layers(3);
    const options = { constants: recording.constants, memoryLimitBytes };
    const before = engine.memory.byteLength;
    const low = runGraph(engine, recording.graph, outputs, options);
    // Pages that nobody touches take no memory of the machine.
    const block = engine.allocate('uint8', [[2 ** 31 + 2 ** 24]]);
    const high = runGraph(engine, recording.graph, outputs, options);
    for (const output of outputs) assert.deepEqual(high.get(output)!.data, low.get(output)!.data);
    assert.ok(engine.memory.byteLength > 2 ** 31);
    engine.free(block);
    assert.ok(engine.memory.byteLength <= before * 2, `${engine.memory.byteLength} bytes`);
    assert.deepEqual(runGraph(engine, recording.graph, outputs, options), low);
    engine.dispose();
  });

  it('ends in a limit error where it cannot grow as far as a program needs', () => {
    const engine = new WasmEngine({ module: kernelModule, threads: 1 });
    const recording = new Recording();
    const small = recording.input(tensor('float32', [1, 1], [1]));
    const huge = recording.one('exp', [recording.one('expand', [small], { shape: [40_000, 40_000] })]);
    const sum = recording.one('sum', [huge], { dim: [0, 1], keepdim: false });
    assert.throws(() => recording.run([sum], engine, 2 ** 40), MemoryLimitError);
    assert.equal(recording.run([recording.one('exp', [small])], engine)[0].data[0], Math.fround(Math.E));
  });
});
