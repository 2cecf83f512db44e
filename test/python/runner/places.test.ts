// What a model is made with where another text of the workspace says so: a call in another file, a parser's defaults, a file of settings.
import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\n';
const net = `${torch}class Net(nn.Module):
    def __init__(self, body, width):
        super().__init__()
        self.body, self.fc = body, nn.Linear(width, 2)
    def forward(self, x):
        return self.fc(self.body(x))
`;

/** The arguments and assumptions of the main model, and what was reported. */
async function made(text: string, files: Record<string, string>, path = 'model.py'): Promise<readonly string[]> {
  const ran = await RanFile.of(text, { files, path });
  const traced = ran.trace();
  return [...ran.diagnostics, ...traced.diagnostics, ...(traced.model.trace ? [traced.arguments, ...traced.assumptions.filter((line) => !line.startsWith('input'))] : [])];
}

describe('an argument that another file of the workspace gives', () => {
  it('is what a call there has, of which that is run which it needs', async () => {
    const files = {
      'net.py': net, 'parts.py': `${torch}class Body(nn.Linear):\n    pass\n`,
      'build.py': 'from net import Net\nfrom parts import Body\nimport nowhere\nSIZE = 4\nwhile True:\n    nowhere.train()\ndef build(width):\n    body = Body(SIZE, width)\n    return Net(body=body, width=width)\n'
        + 'def small():\n    return build(width=3 * SIZE)\n',
    };
    assert.deepEqual(await made(net, files, 'net.py'), ['body=body (file), width=width (file)', 'Net: constructed as on line 9 of build.py']);
  });

  it('is taken where it says what is not required, and not what is; unless another call says that', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, vocab_size, hidden=8):\n        super().__init__()\n        self.table = nn.Embedding(vocab_size, hidden)\n    def forward(self, x):\n        return self.table(x)\n`
      + 'def train(words):\n    hidden = 12\n    return Net(len(words), hidden=hidden)\n';
    assert.deepEqual(await made(text, {}, 'net.py'), ['vocab_size=1000 (assumed), hidden=hidden (file)', 'Net: `vocab_size` is not given, assumed 1000', 'Net: constructed as on line 11']);
    assert.deepEqual(await made(text, { 'main.py': 'from net import Net\nnet = Net(77)\n' }, 'net.py'), ['vocab_size=77 (file), hidden=8 (default)', 'Net: constructed as on line 2 of main.py']);
  });

  it('is found without running the file again, whose classes stay what they are', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, width):\n        super(Net, self).__init__()\n        self.fc = nn.Linear(width, 2)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const files = { 'layers/__init__.py': '', 'layers/net.py': text, 'main.py': 'from layers.net import Net\nclass Args:\n    width = 6\nargs = Args()\nnet = Net(args.width)\n' };
    assert.deepEqual(await made(text, files, 'layers/net.py'), ['width=args.width (file)', 'Net: constructed as on line 5 of main.py']);
  });

  it('is not that of another class of the same name', async () => {
    const files = { 'net.py': net, 'other/net.py': net, 'other/build.py': 'from other.net import Net\nimport torch\nNet(torch.nn.Linear(4, 5), 5)\n' };
    assert.equal((await made(net, files, 'net.py'))[0], 'body=nn.Identity() (assumed), width=32 (assumed)');
  });

  it('is what `__init__` kept, where a method makes it', async () => {
    const files = { 'net.py': net, 'solver.py': 'import torch\nfrom net import Net\nclass Solver:\n    def __init__(self, config):\n        self.width = config.width\n        self.build()\n    def build(self):\n'
      + '        self.net = Net(torch.nn.Linear(4, self.width), self.width)\n', 'main.py': 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--width", type=int, default=12)\n' };
    assert.deepEqual(await made(net, files, 'net.py'), ['body=torch.nn.Linear(4, self.width) (file), width=self.width (file)', 'Net: constructed as on line 8 of solver.py',
      "`config` is not given, the defaults of main.py's parser are assumed: width = 12"]);
  });

  it('is what a branch has, entered by setting what its test asks for', async () => {
    const files = { 'net.py': net, 'build.py': 'import torch\nfrom net import Net\ndef body(args):\n    return torch.nn.Linear(4, 7 if args.masks else 5)\ndef build(args, kind=None):\n    inner = body(args)\n    if kind == "large":\n        width = 9\n'
      + '    elif args.masks and not args.is_plain:\n        width = inner.out_features\n        return Net(inner, width)\n',
      'main.py': 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--masks", action="store_true")\nparser.add_argument("--is-plain", default=True)\n' };
    const traced = (await RanFile.of(net, { files, path: 'net.py' })).trace();
    assert.deepEqual([traced.diagnostics, traced.rows], [[], ['. Net → (32, 2)', '  body Linear → (32, 7)', '  fc Linear → (32, 2)']]);
    assert.deepEqual(traced.assumptions.filter((line) => !line.startsWith('input')), ['Net: constructed as on line 11 of build.py', "`args` is not given, the defaults of main.py's parser are assumed: masks = True, is_plain = False"]);
  });

  it('is followed by the methods that are called right behind the class there', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.width = width\n    def create(self):\n        self.fc = nn.Linear(self.width, 2)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const files = { 'net.py': text, 'train.py': 'from net import Net\nif True:\n    net = Net(6)\nelse:\n    net = Net(8)\nnet.create()\nnet.cuda()\n' };
    const traced = (await RanFile.of(text, { files, path: 'net.py' })).trace();
    assert.deepEqual([traced.diagnostics, traced.rows], [[], ['. Net → (32, 2)', '  fc Linear → (32, 2)']]);
  });

  it('is not followed by a method that loads weights which are not here', async () => {
    const text = `${torch}import numpy as np\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, 2)\n    def load_from(self, weights):\n        self.fc.weight.data.copy_(weights["fc"])\n    def forward(self, x):\n        return self.fc(x)\n`;
    await made(text, { 'net.py': text, 'train.py': 'import numpy as np\nfrom net import Net\nnet = Net(7)\nnet.load_from(np.load("weights.npz"))\n' }, 'net.py').then((lines) => assert.equal(lines[0], 'width=7 (file)'));
  });
});

describe('the files around a file', () => {
  it('are looked for in some hundred folders, so that those of a data set cost no time', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, 2)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const data = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`models/data/${i}/image.png`, '']));
    let listed = 0;
    const files = new Proxy(data, { ownKeys: (all) => { listed += 1; return Reflect.ownKeys(all); } });
    await made(text, { ...data, 'models/net.py': text, 'models/train.py': 'from net import Net\nnet = Net(7)\n' }, 'models/net.py').then((lines) => assert.equal(lines[0], 'width=7 (file)'));
    await made(text, files, 'models/net.py');
    assert.ok(listed > 100 && listed < 350, `${listed} folders`);
  });
});

describe('a file of the workspace that trains otherwise', () => {
  const training = async (text: string, files: Record<string, string>) => {
    const { loss, optimizer, batchSize } = (await RanFile.of(text, { files: { 'net.py': text, ...files }, path: 'net.py' })).trace().model.trace!.training;
    return [loss, optimizer, batchSize];
  };
  const makes = 'loss = nn.CrossEntropyLoss()\nfc = nn.Linear(4, 2)\nstep = torch.optim.SGD(fc.parameters(), lr=0.5)\n';

  it('says nothing of how the file shown does, where an argument is computed there', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, body, criterion, step):\n        super().__init__()\n        self.body = body\n    def forward(self, x):\n        return self.body(x)\n`;
    assert.deepEqual(await training(text, { 'train.py': `${torch}from net import Net\n${makes}net = Net(fc, loss, step)\n` }).then(([, ...rest]) => rest), [null, null]); // the loss is named there, and taken by its name
    const main = `def main():\n    loss = nn.CrossEntropyLoss()\n    return Net(nn.Linear(4, 2), loss, None)\n`;
    assert.deepEqual((await training(text + main, {}))[0], 'cross-entropy');
  });

  it('says nothing of it either where a whole model is looked for there', async () => {
    const text = `${torch}class Wrapper(nn.Module):\n    def __init__(self, net):\n        super().__init__()\n        self.net, self.fc = net, nn.Linear(net.width_of_all, 2)\n    def forward(self, x):\n        return self.fc(self.net(x))\n`;
    const unet = `${torch}${makes}class UNet(nn.Module):\n    def __init__(self, width_of_all=6):\n        super().__init__()\n        self.width_of_all, self.fc = width_of_all, nn.Linear(6, 6)\n    def forward(self, x):\n        return self.fc(x)\n`;
    assert.deepEqual(await training(text, { 'unet.py': unet }), [null, null, null]);
  });
});

describe('a file of the workspace that ends the program', () => {
  const ending = 'import sys\n';

  it('takes no model with it where an argument is computed there', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, width=6):\n        super().__init__()\n        self.fc = nn.Linear(width, 2)\n    def create(self, depth):\n        pass\n    def forward(self, x):\n        return self.fc(x)\n`;
    const train = `${ending}from net import Net\ndef read():\n    sys.exit("usage")\nnet = Net(8)\nnet.create(read())\n`;
    for (const file of [train, `${ending}from net import Net\nif len(sys.argv) < 99:\n    sys.exit("usage")\nwidth = sys.exit("usage") or 8\nnet = Net(width)\n`]) {
      const traced = (await RanFile.of(text.replace('=6', ''), { files: { 'net.py': text, 'train.py': file }, path: 'net.py' })).trace();
      assert.deepEqual([traced.diagnostics, traced.rows.length], [[], 2], file);
    }
  });

  it('takes no model with it where a whole model is looked for there', async () => {
    const wrapper = `${torch}class Wrapper(nn.Module):\n    def __init__(self, net):\n        super().__init__()\n        self.net, self.fc = net, nn.Linear(net.width_of_all, 2)\n    def forward(self, x):\n        return self.fc(self.net(x))\n`;
    const unet = `${torch}class UNet(nn.Module):\n    def __init__(self, width_of_all=6):\n        super().__init__()\n        self.width_of_all, self.fc = width_of_all, nn.Linear(6, 6)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const traced = (await RanFile.of(wrapper, { files: { 'wrapper.py': wrapper, 'alone.py': `${unet}${ending}sys.exit("usage")\n`, 'unet.py': unet }, path: 'wrapper.py' })).trace();
    assert.deepEqual([traced.diagnostics, traced.rows[0]], [[], '. Wrapper → (32, 2)']);
  });
});

describe('a whole model that nobody gives', () => {
  it('is of a class in another file that has what is read of it', async () => {
    const wrapper = `${torch}class Wrapper(nn.Module):\n    def __init__(self, net):\n        super().__init__()\n        assert net.is_conditional\n        self.net, self.fc = net, nn.Linear(net.width_of_all, 2)\n    def forward(self, x):\n        return self.fc(self.net(x))\n`;
    const unet = `${torch}class UNet(nn.Module):\n    def __init__(self, width_of_all=6):\n        super().__init__()\n        self.is_conditional, self.width_of_all, self.fc = True, width_of_all, nn.Linear(6, 6)\n    def forward(self, x):\n        return self.fc(x)\n`;
    const traced = (await RanFile.of(wrapper, { files: { 'wrapper.py': wrapper, 'unet.py': unet }, path: 'wrapper.py' })).trace();
    assert.deepEqual([traced.diagnostics, traced.rows], [[], ['. Wrapper → (32, 2)', '  net UNet → (32, 6)', '    net.fc Linear → (32, 6)', '  fc Linear → (32, 2)']]);
  });
});

describe('a file whose functions make models of classes that it imports', () => {
  it('offers what they make', async () => {
    const text = 'from net import Net\nfrom torch import nn\ndef build(width=6):\n    return Net(nn.Linear(4, width), width)\n';
    const ran = await RanFile.of(text, { files: { 'net.py': net } });
    assert.equal(ran.models, 'build (function)');
  });
});

describe('a file that ends itself before it has a model', () => {
  it('is said to, with the line', async () => {
    const ran = await RanFile.of('import sys\nsys.exit(0)\nimport torch\nnet = torch.nn.Linear(2, 2)\n');
    assert.deepEqual(ran.trace().diagnostics, ['skipped no model was found in this file before it ends itself on line 2: no module is called, made or defined, and no function computes on tensors']);
  });
});

describe('settings that nobody gives', () => {
  const text = `${torch}class Net(nn.Module):\n    def __init__(self, args):\n        super().__init__()\n        self.fc = nn.Linear(args.in_width, args.out_width)\n    def forward(self, x):\n        return self.fc(x)\n`;
  const parser = 'import argparse\ndef get():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--in-width", type=int, default=12)\n    parser.add_argument("-o", "--out_width", default="5", type=int)\n    return parser\n';

  it('are the defaults of the nearest parser that has most of what is read of them', async () => {
    assert.deepEqual(await made(text, { 'models/net.py': text, 'main.py': parser, 'tools/other.py': 'parser.add_argument("--depth", default=3)\n' }, 'models/net.py'),
      ['args=Namespace(in_width=12, out_width=5) (assumed)', "`args` is not given, the defaults of main.py's parser are assumed: in_width = 12, out_width = 5"]);
  });

  it('are a dictionary that a file near it writes down, where all keys that are read are in it', async () => {
    const reads = `${torch}class Net(nn.Module):\n    def __init__(self, cfg):\n        super().__init__()\n        self.fc = nn.Linear(cfg["in_width"], cfg["out_width"], dtype=cfg["dtype"])\n        self.drop = nn.Dropout(cfg.get("rate", 0.1))\n`
      + '    def forward(self, x):\n        return self.drop(self.fc(x))\n';
    const files = { 'net.py': reads, 'other.py': 'BODY = {"in_width": 3, "dtype": None}\n', 'tests/test.py': 'import torch\nWIDTH = 6\ndef test():\n    CONFIG_SMALL = {\n        # sizes\n        "in_width": WIDTH * 2,\n        "out_width": 5, "rate": 0.3, "dtype": torch.float32\n    }\n' };
    assert.deepEqual(await made(reads, files, 'net.py'), ['cfg=Namespace(in_width=12, out_width=5, dtype=torch.float32, rate=0.3) (assumed)',
      '`cfg` is not given, `CONFIG_SMALL` of test.py is assumed: in_width = 12, out_width = 5, dtype = torch.float32, rate = 0.3']);
  });

  it('are a file of settings, YAML or JSON, that has all that is read of them, also of their parts', async () => {
    const reads = `${torch}class Net(nn.Module):\n    def __init__(self, cfg):\n        super().__init__()\n        body = cfg["MODEL"]["BODY"]\n        self.fc = nn.Linear(cfg["MODEL"]["WIDTH"], body["OUT"], bias=cfg.MODEL.BODY.BIAS)\n`
      + '    def forward(self, x):\n        return self.fc(x)\n';
    const files = { 'net.py': reads, 'experiments/bare.yaml': 'MODEL:\n  WIDTH: 3\n  BIAS: BODY\n', 'experiments/small.yaml': 'GPUS: [0]\nMODEL:\n  WIDTH: 6\n  BODY:\n    OUT: 5\n    BIAS: false\n' };
    assert.deepEqual((await made(reads, files, 'net.py')).at(-1), "`cfg` is not given, small.yaml is assumed: MODEL = {'WIDTH': 6, 'BODY': {'OUT': 5, 'BIAS…");
    assert.deepEqual(await made(text, { 'net.py': text, 'config.json': '{"in_width": 7, "out_width": 4}', 'package.json': '{"name": "in_width out_width"}' }, 'net.py'),
      ['args=Namespace(in_width=7, out_width=4) (assumed)', '`args` is not given, config.json is assumed: in_width = 7, out_width = 4']);
  });

  it('are a file of settings that has all that a call in another file reads of them', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, hop, width, kinds):\n        super().__init__()\n        self.fc = nn.Linear(width, kinds[hop])\n    def forward(self, x):\n        return self.fc(x)\n`;
    const files = { 'train.py': 'from net import Net\ndef run(rank, hps):\n    print(hps.folder)\n    net = Net(hps.data.hop // 2, **hps.model)\n', 'configs/base.json': '{"data": {"hop": 4}, "model": {"width": 6, "kinds": [1, 2, 3]}}' };
    const [args, call, settings] = await made(text, files, 'net.py');
    assert.deepEqual([args, call], ['hop=hps.data.hop // 2 (file), width=6 (file), kinds=[1, 2, 3] (file)', 'Net: constructed as on line 4 of train.py']);
    assert.equal(settings, "`hps` is not given, base.json is assumed: data = {'hop': 4}, model = {'width': 6, 'kinds': [1, 2, 3]}");
  });

  it('are not the None that a file begins with, which binds the name later', async () => {
    const files = { 'net.py': text, 'config.json': '{"in_width": 7, "out_width": 4}', 'inference.py': 'from net import Net\nh = None\ndef inference():\n    net = Net(h)\ndef main():\n    global h\n    h = load()\n' };
    assert.deepEqual(await made(text, files, 'net.py'), ['args=Namespace(in_width=7, out_width=4) (assumed)', '`args` is not given, config.json is assumed: in_width = 7, out_width = 4']);
  });

  it('are assumed for the function that another file makes the model by, and are what it asserts', async () => {
    const made_by = `${torch}class Net(nn.Module):\n    def __init__(self, width, plan):\n        super().__init__()\n        self.fc = nn.Linear(width, sum(plan))\n    def forward(self, x):\n        return self.fc(x)\n`
      + 'def generate(width, depth):\n    assert depth in [34, 50]\n    return Net(width, [1, 2, depth])\n';
    const files = { 'net.py': made_by, 'opts.py': 'import argparse\ndef get():\n    p = argparse.ArgumentParser()\n    p.add_argument("--width", default=6, type=int)\n    p.add_argument("--depth", default=18, type=int)\n    return p.parse_args()\n',
      'build.py': 'from net import generate\ndef build(opt):\n    return generate(opt.width, depth=opt.depth)\n' };
    assert.deepEqual(await made(made_by, files, 'net.py'), ['width=6 (assumed), depth=34 (assumed)', 'generate: constructed as on line 3 of build.py', "`opt` is not given, the defaults of opts.py's parser are assumed: width = 6, depth = 18"]);
  });

  it('are for the function that makes the model what they are for the model', async () => {
    const built = `${torch}class Net(nn.Module):\n    def __init__(self, body):\n        super().__init__()\n        self.body = body\n    def forward(self, x):\n        return self.body(x)\ndef build(args):\n    return Net(nn.Linear(args.in_width, args.out_width))\n`;
    assert.deepEqual(await made(built, { 'models/net.py': built, 'main.py': parser }, 'models/net.py'),
      ['body=nn.Linear(args.in_width, args.out_width) (file)', 'Net: constructed as on line 10', "`args` is not given, the defaults of main.py's parser are assumed: in_width = 12, out_width = 5"]);
  });

  it('are a number where they are a limit, and nothing where their name says nothing', async () => {
    const limited = `${torch}class Net(nn.Module):\n    def __init__(self, hparams):\n        super().__init__()\n        self.most, self.gate, self.extra = hparams.max_decoder_steps, hparams.gate_threshold, hparams.quux\n        self.fc = nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(x)\n`;
    assert.deepEqual(await made(limited, {}), ['hparams=Namespace(max_decoder_steps=16, gate_threshold=0.5, quux=None) (assumed)',
      '`hparams` is not given, assumed max_decoder_steps = 16, gate_threshold = 0.5, quux = None']);
  });

  it('are whatever a default says that can be told by the text alone', async () => {
    const args = async (width: string, before = '') => (await made(text, { 'net.py': text, 'main.py': `${before}parser.add_argument("--in-width", type=int, default=${width})\nparser.add_argument("out_width", type=int)\n` }, 'net.py'))[0];
    assert.equal(await args('4 * WIDTH', 'WIDTH = 2 ** 3\n'), 'args=Namespace(in_width=32, out_width=1) (assumed)');
    for (const [width, before] of [['WIDTH', 'WIDTH = WIDTH + 1\n'], ["WIDTH + '/x'", 'WIDTH = None\n'], ['9 ** 9 ** 9', ''], ['1 << (1 << 40)', ''], ["'x' * 10 ** 12", ''], ["'%99999999d' % 1", ''], ["'%*d' % (99999999, 1)", ''], ["X + X", "X = 'x' * 9000\n"], ['-1 << -1', '']]) {
      assert.equal(await args(width!, before), 'args=Namespace(in_width=1, out_width=1) (assumed)', width);
    }
  });

  it('are read from a file that keeps them in what TensorFlow 1 had for that', async () => {
    const files = { 'net.py': text, 'hparams.py': 'import tensorflow as tf\ndef create():\n    return tf.contrib.training.HParams(in_width=7, out_width=3)\n', 'train.py': 'from net import Net\nfrom hparams import create\nnet = Net(create())\n' };
    assert.deepEqual(await made(text, files, 'net.py'), ['args=create() (file)', 'Net: constructed as on line 3 of train.py']);
  });
});
