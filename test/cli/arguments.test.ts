import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { parseCommand, usage, UsageError } from '../../src/cli/arguments.ts';

const inspect = (...words: string[]) => {
  const command = parseCommand(['inspect', ...words]);
  assert.equal(command.kind, 'inspect');
  return (command as Extract<typeof command, { kind: 'inspect' }>).arguments;
};
const train = (...words: string[]) => {
  const command = parseCommand(['train', ...words]);
  return (command as Extract<typeof command, { kind: 'train' }>).arguments;
};

describe('the command\'s words', () => {
  it('need only a file', () => {
    assert.deepEqual(inspect('net.py'), { file: 'net.py', inputs: [], seed: 0, mode: 'train', structure: false, json: false, list: false, timeLimitSeconds: 10 });
    assert.deepEqual([train('net.py').steps, train('net.py').every], [300, 10]);
  });

  it('are taken in any order, with every option of inspect', () => {
    const words = ['--model', 'Net', '--input', '2x3x32x32', 'net.py', '--input', 'int:2x128:0..65', '--seed=7', '--mode', 'eval', '--loss', 'sum', '--structure',
      '--time-limit', '2.5', '--memory-limit', '512', '--root', '..', '--json', '-o', 'out.json', '--list'];
    assert.deepEqual(inspect(...words), {
      file: 'net.py', model: 'Net', inputs: ['2x3x32x32', 'int:2x128:0..65'], seed: 7, mode: 'eval', loss: 'sum', structure: true, timeLimitSeconds: 2.5,
      memoryLimitMiB: 512, root: '..', json: true, output: 'out.json', list: true,
    });
    assert.equal(inspect('net.py', '--call', 'ResNet(Block, [2, 2])').call, 'ResNet(Block, [2, 2])');
  });

  it('of train are those of inspect and its own', () => {
    const words = train('net.py', '--steps', '50', '--batch', '16', '--lr', '1e-3', '--optimizer', 'sgd', '--data', 'two-moons', '--every', '5', '--seed', '3');
    assert.deepEqual([words.steps, words.batch, words.learningRate, words.optimizer, words.data, words.every, words.seed], [50, 16, 0.001, 'sgd', 'two-moons', 5, 3]);
  });

  it('are all in docs/command.md, with the defaults that they have', () => {
    const page = readFileSync(new URL('../../docs/command.md', import.meta.url), 'utf8');
    for (const [, option] of usage.matchAll(/^  .*?(--[a-z-]+)/gm)) assert.ok(page.includes(`\`${option}`), option);
    const { steps, every, timeLimitSeconds } = train('net.py');
    assert.match(page, new RegExp(`--steps N.* default ${steps} `));
    assert.match(page, new RegExp(`--every K.* default ${every} `));
    assert.match(page, new RegExp(`--time-limit S.* default ${timeLimitSeconds} s`));
  });

  it('may ask for help or the version, wherever they stand', () => {
    assert.deepEqual([parseCommand(['--help']).kind, parseCommand(['inspect', '-h']).kind, parseCommand(['--version']).kind], ['help', 'help', 'version']);
    for (const option of ['--model', '--call', '--input', '--seed', '--mode', '--weights', '--loss', '--structure', '--time-limit', '--memory-limit', '--root', '--json', '--list', '-o,',
      '--steps', '--batch', '--lr', '--optimizer', '--data', '--every']) assert.ok(usage.includes(option), option);
  });

  const refusals: readonly (readonly [string[], RegExp])[] = [
    [[], /^say what to do: inspect FILE or train FILE/],
    [['look', 'net.py'], /^there is no command "look"/],
    [['inspect'], /^inspect: name a Python file$/],
    [['inspect', 'a.py', 'b.py'], /^inspect: one file at a time, not also b\.py$/],
    [['inspect', 'a.py', '--colour'], /^--colour: there is no such option/],
    [['inspect', 'a.py', '--steps', '5'], /^--steps: an option of train, not of inspect$/],
    [['inspect', 'a.py', '--seed', 'x'], /^--seed x: a whole number from 0/],
    [['inspect', 'a.py', '--seed', '-1'], /^--seed -1: a whole number from 0/],
    [['inspect', 'a.py', '--seed', ''], /^--seed : a whole number/],
    [['inspect', 'a.py', '--mode', 'test'], /^--mode test: one of train, eval is expected$/],
    [['inspect', 'a.py', '--loss', 'huber'], /^--loss huber: one of mean-square, sum, cross-entropy/],
    [['inspect', 'a.py', '--input', '3,4'], /^--input 3,4: an input is written like 2x3x32x32 or int:2x128:0\.\.65$/],
    [['inspect', 'a.py', '--input', 'int:2x3:5..5'], /^--input int:2x3:5\.\.5: the upper bound is excluded/],
    [['inspect', 'a.py', '--input'], /--input/],
    [['inspect', 'a.py', '--time-limit', '0'], /^--time-limit 0: a number above 0 is expected$/],
    [['inspect', 'a.py', '--memory-limit', '4097'], /^--memory-limit 4097: a whole number from 1 to 4096 is expected$/],
    [['inspect', 'a.py', '--weights', 'w.txt'], /^--weights w\.txt: weights are read from \.safetensors, \.npz, \.pt, \.pth, \.weights\.h5, \.keras$/],
    [['inspect', 'a.py', '--model', 'A', '--call', 'A()'], /^--model and --call: take one of them$/],
    [['train', 'a.py', '--lr', '-1'], /^--lr -1: a number above 0 is expected$/],
    [['train', 'a.py', '--optimizer', 'lion'], /^--optimizer lion: one of sgd, adam, adamw, rmsprop is expected$/],
    [['train', 'a.py', '--structure'], /^--structure: training needs arithmetic$/],
  ];
  for (const [words, message] of refusals) {
    it(`"${words.join(' ')}" is refused in one line that says why`, () => {
      assert.throws(() => parseCommand(words), (error) => error instanceof UsageError && message.test(error.message) && !error.message.includes('\n'));
    });
  }
});
