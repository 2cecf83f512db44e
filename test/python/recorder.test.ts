// The door as Python sees it: strings in, strings out, errors as answers.
import { strict as assert } from 'node:assert';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import { openDoor, type OpenDoor } from '../../src/python/doors.ts';
import { Recorder } from '../../src/python/recorder.ts';

function recorder(more: Partial<ConstructorParameters<typeof Recorder>[1]> = {}, firstId = 0) {
  const heap = new Uint8Array(64 * 1024);
  const made = new Recorder(firstId, {
    engine: referenceEngine,
    workspace: {
      size: (path) => ({ 'data.csv': 3, 'huge.csv': 2 ** 40 })[path],
      read: (path) => (path === 'data.csv' ? new TextEncoder().encode('1,2') : undefined),
      list: (path) => (path === 'data' ? ['a.csv', 'older/'] : undefined),
    },
    memoryLimitBytes: 2 ** 20, heap: () => heap, isDue: () => false, onStatement: () => {}, log: () => {}, ...more,
  });
  return { made, door: openDoor(() => made), heap, floats: new Float32Array(heap.buffer) };
}
const record = (door: OpenDoor, op: string, inputs: string, attributes: object = {}) => door.record(op, inputs, JSON.stringify(attributes), -1, -1);

describe('the recorder', () => {
  it('answers an op with the type of its output, and computes nothing until it is read', () => {
    const { door, floats } = recorder();
    assert.equal(record(door, 'full', '', { shape: [2, 3], value: 2, dtype: 'float32' }), '0:float32:2,3');
    assert.equal(record(door, 'square', '0'), '1:float32:2,3');
    assert.equal(door.read(1, 64, 24), '');
    assert.deepEqual([...floats.subarray(16, 22)], [4, 4, 4, 4, 4, 4]);
  });

  it('takes constants from the interpreter\'s memory', () => {
    const { door, floats } = recorder();
    floats.set([1, -2], 4);
    assert.equal(door.constant('float32', '2', 16, 8, -1, -1), '0:float32:2');
    floats.fill(9);
    assert.equal(record(door, 'relu', '0'), '1:float32:2');
    door.read(1, 0, 8);
    assert.deepEqual([...floats.subarray(0, 2)], [1, 0]);
  });

  it('answers an error in PyTorch\'s words, under its Python name', () => {
    const { door } = recorder();
    record(door, 'full', '', { shape: [32, 784], value: 0, dtype: 'float32' });
    record(door, 'full', '', { shape: [780, 256], value: 0, dtype: 'float32' });
    assert.equal(record(door, 'matmul', '0,1'), '!RuntimeError|mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)');
  });

  it('gives random ops their place in the generator\'s sequence', () => {
    const { made, door } = recorder();
    door.seed(0, 7);
    record(door, 'uniform', '', { shape: [5], from: 0, to: 1, dtype: 'float32', generator: 0 });
    record(door, 'uniform', '', { shape: [3], from: 0, to: 1, dtype: 'float32', generator: 0 });
    const draws = made.graph.nodes.map(({ attributes }) => attributes as unknown as { seed: number; offset: number });
    assert.deepEqual(draws.map(({ seed, offset }) => [seed, offset]), [[7, 0], [7, 5]]);
    assert.equal(door.initialSeed(0), '7');
  });

  it('gives the generator\'s next bits as PyTorch does after manual_seed(0)', () => {
    const { door } = recorder();
    door.seed(0, 0);
    assert.deepEqual([door.drawBits(0), door.drawBits(0)], ['2357136044', '2546248239']);
  });

  it('answers the gradient of each input, empty where there is none', () => {
    const { door } = recorder();
    record(door, 'full', '', { shape: [], value: 3, dtype: 'float32' });
    record(door, 'full', '', { shape: [], value: 5, dtype: 'float32' });
    record(door, 'square', '0');
    assert.match(door.gradient(2, '0,1', -1, ''), /^\d+:float32:;$/);
  });

  it('refuses values of an earlier run, and lets them be released', () => {
    const { made, door } = recorder({}, 100);
    assert.match(record(door, 'relu', '3'), /^!RuntimeError\|this tensor belongs to an earlier run/);
    door.release(3);
    assert.equal(record(door, 'full', '', { shape: [], value: 1, dtype: 'float32' }), '100:float32:');
    assert.equal(made.nextId, 101);
  });

  it('reads files of the workspace only', () => {
    const { door, heap } = recorder();
    assert.equal(door.fileSize('data.csv'), '3');
    assert.equal(door.readFile('data.csv', 8, 3), '');
    assert.equal(String.fromCharCode(...heap.subarray(8, 11)), '1,2');
    assert.equal(door.listFolder('data'), 'a.csv\nolder/\n');
    assert.match(door.listFolder('/etc'), /^!FileNotFoundError\|/);
    assert.match(door.fileSize('/etc/passwd'), /^!FileNotFoundError\|/);
    assert.equal(door.fileSize('huge.csv'), "!LimitError|'huge.csv' has 1099511627776 bytes; files up to 268435456 bytes are read");
  });

  it('computes a value without going through all that was computed before', () => {
    const { door, heap } = recorder();
    const count = 20_000;
    for (let id = 0; id < count; id++) record(door, 'full', '', { shape: [], value: id, dtype: 'float32' });
    // Measured: 0.3 s; more than mocha's minute where each read goes through what is known.
    for (let id = 0; id < count; id++) door.read(id, 0, 4);
    assert.equal(new Float32Array(heap.buffer)[0], count - 1);
  });

  it('computes each turn of a loop from the turn before, whose value Python has let go', () => {
    let given = 0;
    const engine: typeof referenceEngine = {
      ...referenceEngine,
      prepare: (graph, request) => {
        given += request.given?.size ?? 0;
        return referenceEngine.prepare(graph, request);
      },
    };
    const { door } = recorder({ engine });
    record(door, 'full', '', { shape: [], value: 1, dtype: 'float32' });
    door.read(0, 0, 4);
    for (let id = 0; id < 100; id++) {
      record(door, 'square', String(id));
      door.release(id);
      door.read(id + 1, 0, 4);
    }
    assert.equal(given, 100);
  });

  it('answers a value beyond the memory limit with a limit error', () => {
    const { door } = recorder();
    record(door, 'full', '', { shape: [1024, 1024], value: 0, dtype: 'float32' });
    assert.match(door.read(0, 0, 4 * 1024 * 1024), /^!LimitError\|/);
  });

  describe('holds to its memory limit', () => {
    const limited = (limitKib: number) => {
      let runs = 0;
      const engine: typeof referenceEngine = {
        ...referenceEngine,
        prepare: (graph, request) => {
          runs += 1;
          return referenceEngine.prepare(graph, request);
        },
      };
      const { door, floats } = recorder({ engine, memoryLimitBytes: limitKib * 1024 });
      const drawn = () => record(door, 'uniform', '', { shape: [kib16 / 4], from: 0, to: 1, dtype: 'float32', generator: 0 });
      return { door, floats, drawn, runs: () => runs };
    };
    const kib16 = 16 * 1024;

    it('all constants together', () => {
      const { door } = limited(64);
      for (let id = 0; id < 4; id++) assert.equal(door.constant('float32', '4096', 0, kib16, -1, -1), `${id}:float32:4096`);
      assert.equal(
        door.constant('float32', '4096', 0, kib16, -1, -1),
        '!LimitError|A float32 tensor of shape (4096) needs 80.0 KiB together with what is still in use; the limit is 64.0 KiB',
      );
    });

    it('what a run needs together with the constants', () => {
      const { door, drawn } = limited(64);
      for (let id = 0; id < 3; id++) door.constant('float32', '4096', 0, kib16, -1, -1);
      drawn();
      record(door, 'square', '3');
      assert.equal(door.read(4, 0, kib16), '!LimitError|square needs 80.0 KiB together with what is still in use; the limit is 64.0 KiB');
      record(door, 'sum', '0', { dim: [0], keepdim: false });
      assert.equal(door.read(5, 0, 4), '');
    });

    it('computed values, which are computed anew where they made room for others', () => {
      const { door, floats, drawn, runs } = limited(128);
      const first: number[] = [];
      for (let id = 0; id < 50; id++) {
        assert.equal(drawn(), `${id}:float32:4096`);
        assert.equal(door.read(id, 0, kib16), '');
        first.push(floats[7]!);
      }
      const before = runs();
      for (let id = 0; id < 50; id++) {
        assert.equal(door.read(id, 0, kib16), '');
        assert.equal(floats[7], first[id]);
      }
      assert.ok(runs() - before >= 42, 'no more than eight of them can be held');
    });

    it('computed values, which make room for a constant', () => {
      const { door, drawn } = limited(64);
      for (let id = 0; id < 3; id++) {
        drawn();
        door.read(id, 0, kib16);
      }
      for (let id = 3; id < 7; id++) assert.equal(door.constant('float32', '4096', 0, kib16, -1, -1), `${id}:float32:4096`);
    });

    it('without computing a loop again from its start', () => {
      const { door, drawn, runs } = limited(128);
      drawn();
      for (let id = 0; id < 10; id++) {
        record(door, 'square', String(id));
        door.release(id);
        door.read(id + 1, 0, kib16);
      }
      for (let id = 11; id < 40; id++) {
        drawn();
        door.read(id, 0, kib16);
      }
      const before = runs();
      door.read(10, 0, kib16);
      assert.equal(runs(), before);
    });
  });

  it('logs as much as is kept of printed output', () => {
    const lines: string[] = [];
    const { door } = recorder({ log: (_level, text) => lines.push(text) });
    for (let n = 0; n < 1000; n++) door.log('error', 'x'.repeat(1000));
    assert.equal(lines.length, 67);
    assert.ok(lines.join('\n').length < 66_000);
    assert.equal(lines.at(-1), '… more was logged than is kept');
  });

  it('answers with a limit error when its time is over', () => {
    const { door } = recorder({ isDue: () => true });
    record(door, 'full', '', { shape: [2], value: 0, dtype: 'float32' });
    assert.match(door.read(0, 0, 8), /^!LimitError\|/);
  });

  it('takes nothing but strings and whole numbers, and as many as it says', () => {
    const { door } = recorder();
    const split = { split: () => assert.fail('an object of Python\'s was called') };
    assert.equal(door.record('relu', split, '{}', -1, -1), '!TypeError|the recorder\'s record takes text, text, text, whole, whole');
    for (const entered of [door.seed(0, 2n ** 70n), door.seed(0, 0.5), door.seed(0, undefined), door.seed(0), door.statement(2n ** 70n), door.log('info', ['text']), door.release({ valueOf: () => 0 })]) {
      assert.match(entered, /^!TypeError\|the recorder's/);
    }
  });

  it('throws no error of what it calls', () => {
    const { door } = recorder({ log: () => { throw new Error('full'); } });
    assert.equal(door.log('info', 'text'), '!Error|full');
  });

  it('starts no error of JavaScript: bad JSON and unknown ops are answers too', () => {
    const { door } = recorder();
    assert.match(door.record('relu', '0', '{', -1, -1), /^!SyntaxError\|/);
    for (const op of ['no_such_op', 'constructor', 'toString']) {
      assert.equal(record(door, op, ''), `!TypeError|there is no op ${op}`);
      assert.equal(record(door, op, '', { generator: 0 }), `!TypeError|${op} takes no generator`);
    }
  });
});
