// Models with weights from files, against what the real frameworks give with them (test/golden/make_weight_files.py).
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import type { InspectOptions } from '../../src/protocol/runtimeApi.ts';
import { asSafetensors } from '../../src/runtime/weightsReading.ts';
import { RuntimeUnderTest } from './runtimeUnderTest.ts';

const folder = new URL('../golden/weights/', import.meta.url);

interface Case {
  readonly source: string;
  readonly weights: string;
  readonly input: string | null;
  readonly mode: 'train' | 'eval';
  readonly shape: readonly number[];
  readonly output: Readonly<Record<'mean' | 'std' | 'min' | 'max' | 'l2', number>>;
}

const cases = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Case[];
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');

describe('weights from a file', () => {
  let runtime: RuntimeUnderTest;
  before(async () => {
    runtime = await RuntimeUnderTest.start();
  });
  after(() => runtime.connection.dispose());

  const inspect = (source: string, weights: string, options: Partial<InspectOptions> = {}, bytes: Uint8Array = bytesOf(weights)) =>
    runtime.inspect(textOf(source), { weights: { name: weights, bytes }, ...options });
  const said = async (source: string, weights: string, bytes?: Uint8Array) => {
    const { report } = await inspect(source, weights, source === 'torch_net.py' ? { inputs: ['2x1x6x6'] } : {}, bytes);
    return { report, messages: report.diagnostics.map(({ severity, message }) => `${severity}: ${message}`) };
  };

  it('has cases of every kind of file', () => {
    const endings = new Set(cases.map(({ weights }) => /\.\w+(\.h5)?$/.exec(weights)![0]));
    assert.deepEqual([...endings].sort(), ['.keras', '.npz', '.pt', '.pth', '.safetensors', '.weights.h5']);
  });

  for (const { source, weights, input, mode, shape, output } of cases) {
    it(`gives what the framework gives: ${source} with ${weights}, ${mode} mode`, async () => {
      const { report } = await inspect(source, weights, { mode, ...(input !== null && { inputs: [input] }) });
      assert.deepEqual(report.diagnostics, []);
      const [model] = report.models;
      const stats = model.layers.at(-1)!.output!;
      assert.deepEqual(model.output?.shape, shape);
      for (const [figure, expected] of Object.entries(output)) {
        const got = stats[figure as keyof Case['output']];
        assert.ok(Math.abs(got - expected) <= 1e-4 * Math.max(1, Math.abs(expected)), `${figure}: ${got}, expected ${expected}`);
      }
      assert.ok(model.assumptions.includes(`weights of ${weights}`), `assumptions: ${model.assumptions.join('; ')}`);
    });
  }

  it('are loaded anew each time: a run without them shows the initialization again', async () => {
    const drawn = (await runtime.inspect(textOf('torch_net.py'), { inputs: ['2x1x6x6'] })).report.models[0].output;
    const loaded = (await inspect('torch_net.py', 'net.pt', { inputs: ['2x1x6x6'] })).report.models[0].output;
    const again = (await runtime.inspect(textOf('torch_net.py'), { inputs: ['2x1x6x6'] })).report.models[0].output;
    assert.notDeepEqual(loaded, drawn);
    assert.deepEqual(again, drawn);
  });

  it('are not judged as an initialization', async () => {
    const { report } = await inspect('torch_net.py', 'biased.safetensors', { inputs: ['32x1x6x6'], loss: 'cross-entropy' },
      asSafetensors([{ path: 'fc.bias', type: 'F32', shape: [5], bytes: new Uint8Array(Float32Array.of(40, 0, 0, 0, 0).buffer) }]));
    const [{ loss, findings }] = report.models;
    // Enough to be told of a model that has its first weights.
    assert.ok(loss!.value > 1.5 * Math.log(5), `loss ${loss!.value}`);
    assert.deepEqual(findings.filter(({ rule }) => rule === 'loss-at-start' || rule === 'poor-initialization'), []);
  });

  it('are where training starts', async () => {
    const start = async (weights?: string) => {
      await runtime.connection.rpc.call('train', {
        source: { path: 'model.py', text: textOf('torch_net.py') }, overlays: [], root: null, runId: 1,
        options: { seed: 0, mode: 'train', timeLimitSeconds: 10, memoryLimitMiB: 1024, inputs: ['4x1x6x6'], ...(weights && { weights: { name: weights, bytes: bytesOf(weights) } }) },
        train: { steps: 1, every: 1, learningRate: 1e-12 },
      });
      return runtime.progress.at(-1)!.model!.layers.find(({ path }) => path === 'fc')!.parameters[0].value!;
    };
    const expected = (await inspect('torch_net.py', 'net.pt', { inputs: ['4x1x6x6'] })).report.models[0].layers.find(({ path }) => path === 'fc')!.parameters[0].value!;
    const got = await start('net.pt');
    assert.ok(Math.abs(got.l2 - expected.l2) < 1e-5 && Math.abs((await start()).l2 - expected.l2) > 1e-2);
  });

  it('say what does not fit, and load the rest', async () => {
    const { report, messages } = await said('torch_net.py', 'other_head.pt');
    assert.deepEqual(messages, [
      'error: weights: size mismatch for fc.weight: copying a param with shape torch.Size([4, 48]) from checkpoint, the shape in current model is torch.Size([5, 48]).',
      'warning: weights: 1 of 9 tensors were not found in the file: fc.bias',
      'warning: weights: 1 tensor of the file is not of the model: head.bias',
    ]);
    assert.ok(report.models[0].assumptions.includes('weights of other_head.pt (7 of 9 tensors)'));
  });

  const withoutModel: readonly [title: string, weights: string, message: RegExp, bytes?: Uint8Array][] = [
    ['holds other names', 'unrelated.pt', /none of the 9 tensors of `Net` is in unrelated\.pt, which holds layer\.weight$/],
    ['holds an object of a class', 'foreign.pt', /foreign\.pt: it holds `pathlib\.(_local\.)?(Posix)?Path`, and objects of Python classes are not loaded from files: save `model\.state_dict\(\)`$/],
    ['is an archive cut off', 'cut.pt', /cut\.pt: the file is cut off$/],
    ['is a safetensors file cut off', 'cut.safetensors', /cut\.safetensors: the file is cut off$/],
    ['is an HDF5 file cut off', 'cut.weights.h5', /cut\.weights\.h5: it is not an HDF5 file, or it was cut off/],
    ['is no archive', 'not_a_pickle.pt', /not_a_pickle\.pt: it is not a file of `torch\.save`$/],
    ['is empty', 'empty.safetensors', /empty\.safetensors: it is not a safetensors file$/, new Uint8Array()],
    ['is no Keras archive', 'other.keras', /other\.keras: it is not a Keras archive with model\.weights\.h5, or it was cut off/, new Uint8Array([80, 75, 3, 4])],
    ['has a name that says nothing', 'weights.txt', /weights\.txt: its name ends in none of \.safetensors, /, new Uint8Array(8)],
  ];
  for (const [title, weights, message, bytes] of withoutModel) {
    it(`shows no model where the file ${title}`, async () => {
      const { report, messages } = await said('torch_net.py', weights, bytes);
      assert.equal(messages.length, 1, messages.join('\n'));
      assert.match(messages[0], message);
      assert.match(messages[0], /^error: weights: /);
      assert.equal(report.models.length, 0);
    });
  }

  it('call nothing that a pickle names', async () => {
    // torch.save's archive with a pickle that calls os.system: protocol 2, GLOBAL, BINUNICODE, TUPLE1, REDUCE, STOP.
    const pickle = Uint8Array.from(String.fromCharCode(0x80, 2) + 'cos\nsystem\nX' + String.fromCharCode(2, 0, 0, 0) + 'ls' + String.fromCharCode(0x85) + 'R.', (letter) => letter.charCodeAt(0));
    const bytes = zipSync({ 'archive/data.pkl': pickle });
    const { messages } = await said('torch_net.py', 'evil.pt', bytes);
    assert.match(messages[0], /^error: weights: evil\.pt: it holds `os\.system`, and objects of Python classes are not loaded/);
  });
});
