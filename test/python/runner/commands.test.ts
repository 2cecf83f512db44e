import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

/** What a file prints, and what is said of it beside the packages that are not here. */
async function ran(text: string, files: Readonly<Record<string, string>> = {}): Promise<readonly [output: string, ...said: string[]]> {
  const file = await RanFile.of(text, { files });
  return [file.run.output, ...file.diagnostics.filter((line) => !line.includes(' is not here'))];
}

describe('a function that a package starts as a command', () => {
  it('gets the defaults of click\'s options, and assumed values of those that are required', async () => {
    assert.deepEqual(await ran(`import click
@click.command()
@click.argument("width", type=int)
@click.option("-r", "--dropout-rate", default=0.5)
@click.option("--quiet", is_flag=True)
@click.option("--kind", type=click.Choice(["wide", "deep"]), required=True)
@click.option("--layers", multiple=True)
def main(width, dropout_rate, quiet, kind, layers):
    print(width, dropout_rate, quiet, kind, layers)
main()
`), ['32 0.5 False wide ()\n', 'skipped 10:0-6 required arguments of the command line are assumed: width = 32, kind = wide']);
  });

  it('gets the defaults that typer\'s options stand for, by whatever starts it', async () => {
    assert.deepEqual(await ran('import typer\ndef main(width: int = typer.Option(24, help="of layers"), depth: int = 2):\n    print(width, depth)\ntyper.run(main)\n'), ['24 2\n']);
    assert.deepEqual(await ran('import typer\napp = typer.Typer()\n@app.command()\ndef main(lr: float = 0.1):\n    print(lr)\nmain()\n'), ['0.1\n']);
    assert.deepEqual(await ran('import fire\ndef main(depth=3):\n    print(depth)\nif __name__ == "__main__":\n    fire.Fire(main)\n'), ['3\n']);
    assert.deepEqual(await ran('import fire\ndef test():\n    print("test")\ndef train(depth=3):\n    print(depth)\nfire.Fire()\n'), ['3\n']);
    assert.deepEqual(await ran('import fire\ndef test():\n    print("test")\ndef train():\n    1 / 0\n    print("end")\nfire.Fire({"test": test, "train": train})\n'), ['end\n', 'python 5:4-9 ZeroDivisionError: division by zero']);
    assert.deepEqual((await ran('from absl import app\ndef main(argv):\n    print("run")\napp.run(main)\n'))[0], 'run\n');
  });

  it('is no command where a decorator that is called as those of click names no option', async () => {
    assert.deepEqual(await ran('from labml.configs import option\nwidth = 8\n@option(width)\ndef made(c):\n    return c\nprint(made(3))\n'), ['3\n']);
  });

  it('is run statement by statement, as any procedure is', async () => {
    assert.deepEqual(await ran('import fire\ndef main():\n    1 / 0\n    print("end")\nfire.Fire(main)\n'), ['end\n', 'python 3:4-9 ZeroDivisionError: division by zero']);
  });
});

describe('a function that hydra gives settings', () => {
  const files = {
    'conf/config.yaml': 'defaults:\n  - net: wide\n  - optional site: none\n  - extra: null\n  - _self_\nseed: 3\nname: run-${seed}-${net.width}\n',
    'conf/net/wide.yaml': '_target_: parts.Net\nwidth: 24\ndepth: ${seed}\nactivation:\n  _target_: parts.Slope\n  _partial_: true\n  slope: 0.2\n',
    'conf/own.yaml': 'defaults:\n  - net@core: wide\ncore:\n  width: 5\n',
    'parts.py': 'class Slope:\n    def __init__(self, slope, x=1):\n        self.y = slope * x\nclass Net:\n    def __init__(self, width, depth, activation, bias=True):\n        self.said = (width, depth, activation(x=2).y, bias)\n',
  };
  const main = (name: string, body: string) => `import hydra\nfrom omegaconf import DictConfig\n@hydra.main(version_base=None, config_path="conf", config_name="${name}")\ndef main(cfg: DictConfig):\n    ${body}\nmain()\n`;

  it('gets them composed of its files, with references followed', async () => {
    assert.deepEqual(await ran(main('config', 'print(cfg.name, cfg.net.depth, cfg.get("extra"))'), files), ['run-3-24 3 None\n']);
  });

  it('has its own settings behind those of its groups, at the place that a group is put', async () => {
    assert.deepEqual(await ran(main('own.yaml', 'print(cfg.core.width, cfg.core._target_)'), files), ['5 parts.Net\n']);
  });

  it('makes the objects that they name', async () => {
    assert.deepEqual(await ran(main('config', 'print(hydra.utils.instantiate(cfg.net, bias=False).said)'), files), ['(24, 3, 0.4, False)\n']);
    assert.deepEqual(await ran(main('config', 'from hydra.utils import get_class; print(get_class("parts.Net").__name__)'), files), ['Net\n']);
  });

  it('is told what of a file of settings hydra does not take', async () => {
    const said = async (text: string) => (await ran(main('odd', 'print(cfg)'), { 'conf/odd.yaml': text }))[1]?.replace(/^python 6:0-6 /, '');
    assert.equal((await ran(main('odd', 'print(cfg.a)'), { 'conf/odd.yaml': 'defaults:\na: 1\n' }))[0], '1\n');
    assert.equal(await said('defaults:\n  - net: a\n    site: b\n'), "SettingsError: an entry of `defaults` in odd.yaml is neither a name nor one `group: name`: {'net': 'a', 'site': 'b'}");
    assert.equal(await said('- 1\n'), 'SettingsError: odd.yaml has no settings by name, but a list');
    assert.equal(await said('defaults: [odd]\n'), 'SettingsError: odd.yaml is among its own `defaults`');
    assert.match((await said('a: [1\nb: 2\n'))!, /^SettingsError: odd\.yaml is not YAML \(line \d\): /);
  });

  it('is told where a file of settings is not there', async () => {
    const [output, said] = await ran(main('gone', 'print(1)'), files);
    assert.deepEqual([output, said], ['', 'python 6:0-6 FileNotFoundError: [Errno 44] No such file or directory: \'/workspace/conf/gone.yaml\'']);
  });
});

describe('a command line', () => {
  const text = 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--model", required=True)\nparser.add_argument("-d", "--depth", type=int, required=True)\n'
    + 'parser.add_argument("-c", "--config", default=None)\nargs = parser.parse_args()\nprint(args.model, args.depth, args.config)\n';

  it('gives what the file requires, and a file of settings, as a README or a shell script beside it has it', async () => {
    const script = { 'run.sh': 'python train.py --model small -d 1\n' };
    const files = { ...script, 'README.md': 'Train it:\n```\npython3 train.py --model <name>\npython train.py \\\n  --model deep -d 5 --config nets/deep.json --epochs 3 > log.txt\n```\n', 'nets/deep.json': '{}' };
    const ran = await RanFile.of(text, { path: 'train.py', files });
    assert.deepEqual([ran.run.output, ran.diagnostics.slice(0, 1)], ['deep 5 nets/deep.json\n',
      ['skipped train.py:6:7-26 arguments of the command line are those of README.md, line 4: --model deep --depth 5 --config nets/deep.json']]);
    assert.equal((await RanFile.of(text, { path: 'train.py', files: script })).run.output, 'small 1 None\n');
  });

  it('leaves what may be empty empty', async () => {
    const ran = await RanFile.of('import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("rest", nargs=argparse.REMAINDER)\nprint(parser.parse_args())\n');
    assert.deepEqual([ran.run.output, ran.diagnostics.slice(0, -1)], ['Namespace(rest=[])\n', []]);
  });

  it('gives nothing that an option does not take, that the reader is to put in, or that names no file', async () => {
    const ran = await RanFile.of(text, { path: 'train.py', files: { 'README.md': '`python train.py --model $MODEL -d many -c configs/none.json`' } });
    assert.match(ran.run.output, /^model \d+ None\n$/);
    assert.match(ran.diagnostics[0]!, /required arguments of the command line are assumed: --model = model, --depth = \d+$/);
  });
});
