import { strict as assert } from 'node:assert';
import { RuntimeUnderTest } from './runtimeUnderTest.ts';

const model = (name: string, called: string) => `class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)
    def forward(self, x):
        return ${called}
`;
const file = (...models: string[]) => `import torch\nfrom torch import nn\n${models.join('')}`;

describe('the model that is shown first', () => {
  let runtime: RuntimeUnderTest;
  before(async () => { runtime = await RuntimeUnderTest.start({}); });
  after(() => runtime.connection.dispose());

  const fits = model('Fits', 'self.fc(x)'), needsMore = model('NeedsMore', 'self.fc(x.tensors)');

  it('is the first that runs, where the main one does not run with what is assumed; that one follows, with its reason', async () => {
    const { report, listing } = await runtime.inspect(file(model('Other', 'self.fc(x)'), fits, needsMore));
    assert.deepEqual(report.models.map(({ name, output }) => `${name} ${output ? 'runs' : 'fails'}`), ['Fits runs', 'NeedsMore fails']);
    assert.deepEqual(listing.map(({ name }) => name), ['NeedsMore', 'Fits', 'Other']);
    assert.deepEqual(report.diagnostics.map(({ severity, message }) => `${severity} ${message.slice(0, 60)}`), [
      'warning `NeedsMore` could not be called with what was assumed: Attri',
      "information `Fits` is shown first: the file's main model does not run",
    ]);
  });

  it('is shown once where all are asked for', async () => {
    const { report } = await runtime.inspect(file(model('Other', 'self.fc(x)'), fits, needsMore), { model: '*' });
    assert.deepEqual(report.models.map(({ name }) => name), ['Fits', 'NeedsMore', 'Other']);
  });

  it('stays the main one where the file has an error on its line', async () => {
    const { report } = await runtime.inspect(file(fits, model('Broken', 'self.fc(y)')));
    assert.deepEqual(report.models.map(({ name, output }) => `${name} ${output ? 'runs' : 'fails'}`), ['Broken fails']);
  });
});
