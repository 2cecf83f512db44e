// Every file of examples/ through the real runtime, equal to what PyTorch and Keras say of the very same file.
import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { assertModel, type ExpectedModel } from './exampleExpectations.ts';
import { RuntimeUnderTest } from './runtimeUnderTest.ts';

const golden = (name: string): Readonly<Record<string, ExpectedModel>> =>
  JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as Record<string, ExpectedModel>;
const examples = new URL('../../examples/', import.meta.url);
const torchExamples = golden('exampleReports.json');

describe('the examples', function () {
  let runtime: RuntimeUnderTest;
  before(async () => {
    runtime = await RuntimeUnderTest.start();
  });
  after(() => runtime.connection.dispose());

  const inspect = (name: string) => runtime.inspect(readFileSync(new URL(`${name}.py`, examples), 'utf8'), {}, { source: { path: `examples/${name}.py`, text: readFileSync(new URL(`${name}.py`, examples), 'utf8') } });

  for (const [name, expected] of Object.entries(torchExamples)) {
    it(`${name}.py gives PyTorch's figures`, async () => {
      const { report } = await inspect(name);
      assert.deepEqual(report.diagnostics.filter(({ severity }) => severity !== 'information'), []);
      assertModel(report.models[0]!, expected);
    });
  }
});
