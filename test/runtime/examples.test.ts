// Every file of examples/ through the real runtime, equal to what PyTorch and Keras say of the very same file.
import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import type { InspectOptions } from '../../src/protocol/runtimeApi.ts';
import { assertModel, type ExpectedModel } from './exampleExpectations.ts';
import { RuntimeUnderTest } from './runtimeUnderTest.ts';

const golden = (name: string): Readonly<Record<string, ExpectedModel>> =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as Record<string, ExpectedModel>;
const examples = new URL('../../examples/', import.meta.url);
const torchExamples = golden('exampleReports.json');
/** `file:variable`; functions within a layer are not in it. */
const kerasExamples = golden('kerasExampleReports.json');

describe('the examples', function () {
  let runtime: RuntimeUnderTest;
  before(async () => {
    runtime = await RuntimeUnderTest.start();
  });
  after(() => runtime.connection.dispose());

  const inspect = (name: string, options: Partial<InspectOptions> = {}) => {
    const text = readFileSync(new URL(`${name}.py`, examples), 'utf8');
    return runtime.inspect(text, options, { source: { path: `examples/${name}.py`, text } });
  };

  for (const [name, expected] of Object.entries(torchExamples)) {
    it(`${name}.py gives PyTorch's figures`, async () => {
      const { report } = await inspect(name);
      assert.deepEqual(report.diagnostics.filter(({ severity }) => severity !== 'information'), []);
      assertModel(report.models[0]!, expected);
    });
  }

  for (const [key, expected] of Object.entries(kerasExamples)) {
    const [name, model] = key.split(':') as [string, string];
    it(`${name}.py gives Keras's figures of \`${model}\``, async () => {
      const { report } = await inspect(name, { model });
      assert.deepEqual(report.diagnostics, []);
      assertModel(report.models[0]!, expected, ({ layers }) => layers.filter(({ kind }) => kind !== 'function'));
    });
  }

  it('all run without a warning or an error, and each shows figures or prints', async () => {
    for (const file of readdirSync(examples)) {
      const { report, output } = await inspect(file.replace(/\.py$/, ''));
      assert.deepEqual(report.diagnostics.filter(({ severity }) => severity !== 'information'), [], file);
      const figures = report.models.flatMap(({ layers }) => layers).filter((layer) => layer.output !== null);
      assert.ok(figures.length > 0 || output !== '', file);
    }
  });
});
