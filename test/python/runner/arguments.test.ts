import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

const torch = 'import torch\nimport torch.nn as nn\n';

/** What a class with these arguments and lines is made with, and what it gives. */
async function made(parameters: string, layers: string, more: { before?: string; forward?: string } = {}): Promise<string[]> {
  const text = `${torch}${more.before ?? ''}class Net(nn.Module):\n    def __init__(self, ${parameters}):\n        super().__init__()\n${
    layers.split('; ').map((line) => `        ${line}\n`).join('')}    def forward(self, x):\n        return ${more.forward ?? 'self.fc(x)'}\n`;
  const ran = await RanFile.of(text);
  const traced = ran.trace('Net');
  return [...ran.diagnostics, ...traced.diagnostics, ...(traced.model.trace ? [traced.arguments, traced.outputs] : [])];
}

describe('an argument that nobody gives', () => {
  it('is 0 where it is a seed', async () => {
    assert.deepEqual(await made('width, seed', 'self.seed = torch.manual_seed(seed); self.fc = nn.Linear(width, 2)'), ['width=32 (assumed), seed=0 (assumed)', '(32, 2)']);
  });

  it('is another where it gives a layer of no size', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, in_channels, classes=2):\n        super().__init__()\n        self.a = nn.Conv2d(in_channels, in_channels // 8, 1)\n        self.b = nn.Conv2d(in_channels // 8, classes, 1)\n`
      + '    def forward(self, x):\n        return self.b(self.a(x))\n';
    const traced = (await RanFile.of(text)).trace();
    assert.deepEqual([traced.outputs, traced.assumptions[0]], ['(32, 2, 32, 32)', 'Net: `in_channels` is not given, assumed 64']);
  });

  it('is a list where its class takes no number for a plural', async () => {
    assert.deepEqual(await made('num_channels', 'self.fc = nn.Linear(num_channels[0], len(num_channels))'), ['num_channels=[32, 64] (assumed)', '(32, 2)']);
  });

  it('is as long as its class asks for, whose lists are gone through together', async () => {
    assert.deepEqual(await made('image_size, dims, channels', 'assert len(dims) == 3; height, width = image_size; self.fc = nn.Linear(channels[4], dims[2] * height // width)'),
      ['image_size=[32] * 2 (assumed), dims=[64] * 3 (assumed), channels=[32, 64, 64, 64, 64] (assumed)', '(32, 64)']);
  });

  it('is two of the layers that the file has for it, where its class is a stack of layers, and a list of lists where the annotation says so', async () => {
    const text = `${torch}class DecoderLayer(nn.Module):\n    def __init__(self, d_model):\n        super().__init__()\n        self.width, self.fc = d_model, nn.Linear(d_model, d_model)\n    def forward(self, x):\n        return self.fc(x)\n`
      + 'class Decoder(nn.Module):\n    def __init__(self, layers):\n        super().__init__()\n        self.width, self.layers = layers[0].width, nn.ModuleList(layers)\n    def forward(self, x):\n        for layer in self.layers:\n            x = layer(x)\n        return x\n';
    const traced = (await RanFile.of(text)).trace('Decoder');
    assert.deepEqual([traced.rows, traced.diagnostics], [['. Decoder → (32, 64)', '  layers.0 DecoderLayer → (32, 64)', '    layers.0.fc Linear → (32, 64)', '  layers.1 DecoderLayer → (32, 64)', '    layers.1.fc Linear → (32, 64)'], []]);
    const before = 'from typing import List\n';
    assert.deepEqual(await made('blocks: List[List[int]]', 'self.fc = nn.Linear(4, sum(sum(block) for block in blocks))', { before }), ['blocks=[[2] * 2, [2] * 2] (assumed)', '(32, 8)']);
  });

  it('is of a task that the file knows, where it knows none of the usual', async () => {
    const text = `${torch}class Net(nn.Module):\n    def __init__(self, configs):\n        super().__init__()\n        self.task_name, self.pred_len = configs.task_name, configs.pred_len\n        self.fc = nn.Linear(4, 2)\n    def forward(self, x):\n        if self.task_name == "zero_shot_forecast":\n            return self.fc(x)\n`;
    assert.equal((await RanFile.of(text)).trace().outputs, '(32, 2)');
  });

  it('is a tuple where its class asks for one, and a number of repeats where that is made one of', async () => {
    assert.deepEqual(await made('depth, block_repeats', 'assert isinstance(depth, tuple); repeats = (block_repeats,) * len(depth); self.fc = nn.Linear(4, sum(d * r for d, r in zip(depth, repeats)))'),
      ['depth=(2, 2) (assumed), block_repeats=2 (assumed)', '(32, 8)']);
  });

  it('is a list where a class that it is handed on to goes through it', async () => {
    const before = 'class Base(nn.Module):\n    def __init__(self, classes):\n        super().__init__()\n        self.fc = nn.Linear(4, len(classes))\n';
    const text = `${torch}${before}class Net(Base):\n    def __init__(self, classes):\n        Base.__init__(self, classes)\n    def forward(self, x):\n        return self.fc(x)\n`;
    assert.equal((await RanFile.of(text)).trace('Net').outputs, '(32, 10)');
  });

  it('is assumed for a default None that its class asserts is none', async () => {
    assert.deepEqual(await made('dim, depth=None, heads=None', 'assert all([exists(depth)]), "depth must be supplied"; self.fc = nn.Linear(dim, depth)', { before: 'def exists(value):\n    return value is not None\n' }),
      ['dim=64 (assumed), depth=2 (assumed), heads=None (default)', '(32, 2)']);
  });

  it('is a number by its name, whatever class of the file begins with it; of a transformer, a width is no size of images', async () => {
    assert.deepEqual(await made('depth, transformer_width, transformer_heads, reduction_factor', 'self.fc = nn.Linear(transformer_width, transformer_heads * depth * reduction_factor)', { before: 'class DepthWise(nn.Module):\n    pass\n' }),
      ['depth=2 (assumed), transformer_width=64 (assumed), transformer_heads=4 (assumed), reduction_factor=1 (assumed)', '(32, 8)']);
  });

  it('is what an assertion of its class asks for, or a branch that raises what else', async () => {
    assert.deepEqual(await made('dim, heads, kind, size', 'self.kind, self.size = kind, size; assert dim % (3 * heads) == 0; assert self.kind in ("small", "large"); assert 100 <= size; self.fc = nn.Linear(4, dim)'),
      ['dim=72 (assumed), heads=4 (assumed), kind=small (assumed), size=100 (assumed)', '(32, 72)'].map((line) => line.replace('=small', "='small'")));
    const checked = 'self.fc = nn.Linear(4, check(width, 7))';
    assert.deepEqual(await made('width', checked, { before: 'def check(width, least):\n    if width != least:\n        raise ValueError("no")\n    return width\n' }), ['width=7 (assumed)', '(32, 7)']);
  });

  it('is of a size of images that the patches of its class divide', async () => {
    assert.deepEqual(await made('*, image_size, patch=12, coarse=16', 'assert image_size % patch == 0 and image_size % coarse == 0; self.fc = nn.Linear(4, image_size)'), ['image_size=240 (assumed), patch=12 (default), coarse=16 (default)', '(32, 240)']);
  });

  it('is another one where the call fails with the usual: widths all alike, where a layer takes what another gives', async () => {
    assert.deepEqual(await made('input_size, output_size, num_channels', 'self.first = nn.Linear(4, num_channels[-1]); self.fc = nn.Linear(input_size, output_size); self.count = len(num_channels)', { forward: 'self.fc(self.first(x))' }),
      ['input_size=64 (assumed), output_size=10 (assumed), num_channels=[64] * 2 (assumed)', '(32, 10)']);
  });

  it('says how wide a sequence is, of which the model only tells the rank', async () => {
    const text = `${torch}class Cell(nn.Module):\n    def __init__(self, input_size: int, hidden_size: int):\n        super().__init__()\n        self.size = hidden_size\n        self.fc = nn.Linear(input_size + hidden_size, hidden_size)\n    def forward(self, x, h):\n        return self.fc(torch.cat((x, h), 1))\n`
      + `class Loop(nn.Module):\n    def __init__(self, input_size: int, hidden_size: int):\n        super().__init__()\n        self.cell, self.width = Cell(input_size, hidden_size), hidden_size\n    def forward(self, x):\n        steps, samples = x.shape[:2]\n        h = x.new_zeros(samples, self.width)\n        for step in range(steps):\n            h = self.cell(x[step], h)\n        return h\n`;
    assert.equal((await RanFile.of(text)).trace('Loop').inputs, 'x (16, 32, 32) inferred');
  });

  it('is a number where its class takes no shape', async () => {
    assert.deepEqual(await made('input_shape', 'self.fc = nn.Linear(input_shape, 2)'), ['input_shape=64 (assumed)', '(32, 2)']);
  });

  it('is a shape of images where it is taken apart', async () => {
    assert.deepEqual(await made('input_shape', 'channels, height, width = input_shape; self.fc = nn.Conv2d(channels, 4, 3)'), ['input_shape=(3, 32, 32) (assumed)', '(32, 4, 30, 30)']);
  });

  it('is the first word that the file compares it with', async () => {
    assert.deepEqual(await made('mode', 'assert mode in ("narrow", "wide"); self.fc = nn.Linear(4, 2 if mode == "narrow" else 8)'), ["mode='narrow' (assumed)", '(32, 2)']);
  });

  it('is the first key of the table that the file looks it up in', async () => {
    const before = 'cfgs = {"tiny": 3, "huge": 300}\n';
    assert.deepEqual(await made('variant', 'self.fc = nn.Linear(4, cfgs[variant])', { before }), ["variant='tiny' (assumed)", '(32, 3)']);
  });

  it('is what the layer takes that it is handed to, where its own name says nothing', async () => {
    const before = 'class Head(nn.Module):\n    def __init__(self, width, tags):\n        super().__init__()\n        self.out = nn.Linear(width, tags)\n    def forward(self, x):\n        return self.out(x)\n';
    assert.deepEqual(await made('wibble, tagset, quux', 'self.turns = quux; self.inner = nn.Linear(wibble, 8); self.fc = Head(8, tags=tagset); self.more = [nn.Identity() for _ in range(self.turns)]',
      { before, forward: 'self.fc(self.inner(x))' }), ['wibble=64 (assumed), tagset=10 (assumed), quux=2 (assumed)', '(32, 10)']);
  });

  it('is a number where the file calculates with it, and a list where it goes through it', async () => {
    assert.deepEqual(await made('wibble, quux', 'self.fc = nn.Linear(4, wibble * 2); self.more = [nn.Linear(4, n) for n in quux]'), ['wibble=16 (assumed), quux=[64, 32, 10] (assumed)', '(32, 32)']);
  });

  it('is what short names of channels, blocks and contexts mean', async () => {
    assert.deepEqual(await made('in_nc, out_nc, nf, nb, ctx_len, size, style_dim', 'self.fc = nn.Linear(in_nc, out_nc)'),
      ['in_nc=3 (assumed), out_nc=16 (assumed), nf=16 (assumed), nb=2 (assumed), ctx_len=64 (assumed), size=64 (assumed), style_dim=64 (assumed)', '(32, 16)']);
  });

  it('is as many series as a forecast is made from', async () => {
    assert.deepEqual(await made('enc_in, c_out', 'self.fc = nn.Linear(enc_in, c_out)'), ['enc_in=7 (assumed), c_out=7 (assumed)', '(32, 7)']);
    assert.deepEqual(await made('c_in, c_out', 'self.fc = nn.Linear(c_in, c_out)'), ['c_in=3 (assumed), c_out=16 (assumed)', '(32, 16)']);
  });

  it('is the phase of training where that is one of the words', async () => {
    assert.deepEqual(await made('phase, imgH, nh, n_mel_channels', 'assert phase == "test" or phase == "train"; self.fc = nn.Linear(imgH, 2 if phase == "train" else 3)'),
      ["phase='train' (assumed), imgH=32 (assumed), nh=64 (assumed), n_mel_channels=80 (assumed)", '(32, 2)']);
  });

  it('is a configuration with parts where the class reads attributes of its attributes', async () => {
    assert.deepEqual(await made('config', 'self.fc = nn.Linear(config.network.hidden_size, config["sampler"]["num_classes"])'),
      ['config=Namespace(network=Namespace(hidden_size=64), sampler=Namespace(num_classes=10)) (assumed)', '(32, 10)']);
  });

  it('is the file\'s own configuration with what the class reads beside its named arguments', async () => {
    const before = 'class NetConfig:\n    def __init__(self, vocab_size, **more):\n        self.vocab_size = vocab_size\n        for name, value in more.items():\n            setattr(self, name, value)\n';
    const [, outputs] = await made('config', 'self.fc = nn.Linear(config.n_embd, config.vocab_size)', { before });
    assert.equal(outputs, '(32, 1000)');
  });

  it('is what textbooks call their sizes', async () => {
    assert.deepEqual(await made('num_hiddens, ffn_num_hiddens, num_blks, key_size', 'self.fc = nn.Linear(num_hiddens, num_blks)'),
      ['num_hiddens=64 (assumed), ffn_num_hiddens=128 (assumed), num_blks=2 (assumed), key_size=64 (assumed)', '(32, 2)']);
  });

  it('is the same for what a name means behind the part of the model that it is of', async () => {
    assert.deepEqual(await made('src_pad_idx, decoder_embedding_dim, trg_vocab_size', 'self.fc = nn.Linear(decoder_embedding_dim, 2)'),
      ['src_pad_idx=0 (assumed), decoder_embedding_dim=64 (assumed), trg_vocab_size=1000 (assumed)', '(32, 2)']);
  });

  it('is an instance of the file\'s class of its name, or that class itself for a block', async () => {
    const before = `class Encoder(nn.Module):
    def __init__(self, hidden_dim):
        super().__init__()
        self.fc = nn.Linear(5, hidden_dim)
    def forward(self, x):
        return self.fc(x)
class BasicBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, 3)
    def forward(self, x):
        return self.fc(x)
`;
    const [listed, output] = await made('encoder, block', 'self.encoder, self.block = encoder, block(64)', { before, forward: 'self.block(self.encoder(x))' });
    assert.match(listed!, /^encoder=.*, block=BasicBlock \(assumed\)$/s);
    assert.equal(output, '(32, 3)');
  });

  it('is None in a configuration of which the file asks whether it is', async () => {
    const [listed] = await made('config', 'a = config.kind_of_model is not None; b = config.n_layer is not None; assert a ^ b; self.fc = nn.Linear(config.n_embd, 2)');
    assert.equal(listed, 'config=Namespace(kind_of_model=None, n_layer=2, n_embd=64) (assumed)');
  });

  it('is False in a configuration where it is only a condition', async () => {
    const [listed] = await made('hparams', 'self.fc = nn.Linear(hparams.n_in if not hparams.mask_something and hparams.n_in > 1 else 1, 2)');
    assert.equal(listed, 'hparams=Namespace(mask_something=False, n_in=64) (assumed)');
  });
});

describe('an argument whose name says nothing', () => {
  it('is what it is used for', async () => {
    assert.deepEqual(await made('c1, times, Norm', 'self.fc = nn.Conv2d(c1, 8, 3); self.norm = Norm(8); self.more = [nn.Linear(8, 8) for _ in range(times)]', { forward: 'self.norm(self.fc(x))' }),
      ['c1=64 (assumed), times=2 (assumed), Norm=nn.BatchNorm2d (assumed)', '(32, 8, 30, 30)']);
  });

  it('is followed into the classes that take it', async () => {
    const before = 'class Part(nn.Module):\n    def __init__(self, cin):\n        super().__init__()\n        self.fc = nn.Linear(cin, 5)\n    def forward(self, x):\n        return self.fc(x)\n';
    assert.deepEqual(await made('cw', 'self.fc = Part(cw)', { before }), ['cw=64 (assumed)', '(32, 5)']);
  });

  it('is several things where it is gone through, and a layer that passes on where it is called', async () => {
    assert.deepEqual(await made('spots, body', 'self.fc = nn.Linear(4, len(spots)); self.body = body', { forward: 'self.body(self.fc(x))' }),
      ['spots=[64, 32, 10] (assumed), body=nn.Identity() (assumed)', '(32, 3)']);
  });

  it('is what a class takes by name that it is handed on to', async () => {
    const before = 'class Part(nn.Linear):\n    def __init__(self, a, n_channels, depth):\n        super().__init__(a, n_channels)\n';
    const [listed] = await made('settings', 'self.fc = Part(4, **settings)', { before });
    assert.equal(listed, "settings={'n_channels': 64, 'depth': 2} (assumed)");
  });

  it('is the kind of number that layers have, groups that heads can be divided into, and words where classes are listed', async () => {
    assert.deepEqual(await made('num_heads, num_kv_groups, cardinality, dtype', 'assert num_heads % num_kv_groups == 0 and 64 % cardinality == 0; self.fc = nn.Linear(4, 2, dtype=dtype)'),
      ['num_heads=4 (assumed), num_kv_groups=2 (assumed), cardinality=8 (assumed), dtype=torch.float32 (assumed)', '(32, 2)']);
    const [listed, shape] = await made('classes', 'self.names = ", ".join(name.upper() for name in classes); self.fc = nn.Linear(4, len(classes))');
    assert.match(listed!, /^classes=\['class_0', 'class_1', .*'class_9'\] \(assumed\)$/);
    assert.equal(shape, '(32, 10)');
  });

  it('is the default of what takes it, where nothing else is known', async () => {
    const before = 'def rotated(width, wibble=None):\n    return width if wibble is None else wibble["low"]\n';
    assert.deepEqual((await made('config', 'self.fc = nn.Linear(4, rotated(8, wibble=config["quux"]))', { before }))[1], '(32, 8)');
  });

  it('has the values of a family of models only in a class that knows more of its names', async () => {
    assert.deepEqual((await made('configs', 'self.fc = nn.Linear(configs.enc_in, {"timeF": 5}[configs.embed])'))[1], '(32, 5)');
    assert.match((await made('configs', 'self.fc = nn.Linear(4, {"h": 5}[configs.freq.lower()])')).join(' '), /`Net` was not constructed/);
  });

  it('is the space of an environment', async () => {
    assert.deepEqual(await made('observation_space, action_space', 'self.fc = nn.Linear(observation_space.shape[0], action_space.n)'), ['observation_space=Box(-1.0, 1.0, (8,), float32) (assumed), action_space=Discrete(4) (assumed)', '(32, 4)']);
  });
});

describe('a model that nobody says how to make', () => {
  const odd = 'class Odd(nn.Module):\n    def __init__(self, quux):\n        super().__init__()\n        self.name, self.fc = f"{quux}", nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(x)\n';

  it('gives its place to the next one that can be made, and both are said', async () => {
    const ran = await RanFile.of(`${torch}class Fine(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n    def forward(self, x):\n        return self.fc(x)\n${odd}`);
    const traced = ran.trace();
    assert.equal(traced.model.trace?.name, 'Fine');
    assert.deepEqual(traced.diagnostics, [
      'skipped 9:6-9 `Odd` was not constructed: nothing is known of its argument `quux`; give it with `# lens: args=(quux=…)` above it',
      'skipped 3:6-10 `Fine` is shown in the place of `Odd`',
    ]);
  });

  it('gives its place to one that it uses, where it is all that the file offers', async () => {
    const ran = await RanFile.of(`${torch}class Plain(nn.Module):
    def forward(self, x):
        return x
class Body(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 2)
    def forward(self, x):
        return self.fc(x)
class Whole(nn.Module):
    def __init__(self, body):
        super().__init__()
        assert isinstance(body, (Body, Plain)) and body.fc.in_features == 12345
        self.body = body
    def forward(self, x):
        return self.body(x)
`);
    assert.equal(ran.models, 'Whole (class)');
    const traced = ran.trace();
    assert.deepEqual([traced.model.trace?.name, traced.diagnostics.at(-1)], ['Body', 'skipped 6:6-10 `Body` is shown in the place of `Whole`']);
  });

  it('is made by a method of its own', async () => {
    const ran = await RanFile.of(`${torch}NAMES = ("tiny", "huge")\n${odd}    @classmethod\n    def from_name(cls, name_of_it):\n        assert name_of_it in NAMES\n        return cls(len(name_of_it))\n`);
    const traced = ran.trace();
    assert.deepEqual(traced.diagnostics, []);
    assert.equal(traced.arguments, "name_of_it='tiny' (assumed)");
  });
});

describe('a class that asks for its group of processes', () => {
  it('is made in a group of one, which is said; none is there in the next run', async () => {
    const text = `${torch}import torch.distributed as dist\nprint(dist.is_initialized())\nclass Net(nn.Module):\n    def __init__(self, experts=2):\n        super().__init__()\n        self.fc = nn.Linear(4, experts * dist.get_world_size())\n    def forward(self, x):\n        return self.fc(x)\n`;
    for (const _ of [1, 2]) {
      const ran = await RanFile.of(text);
      const traced = ran.trace();
      assert.deepEqual([ran.run.output, traced.outputs, traced.assumptions[0], traced.diagnostics], ['False\n', '(32, 2)', 'a group of one process is assumed, which a launcher would have opened', []]);
    }
  });
});

describe('a class that is made by a method of its own', () => {
  it('is made by one that has its name, where it is not made otherwise', async () => {
    const text = `${torch}class WideNet(nn.Module):\n    plans = {"wide_net_small": 4}\n    def __init__(self, **settings):\n        super().__init__()\n        self.fc = nn.Linear(settings["width"], 2)\n`
      + '    @classmethod\n    def wide_net_small(cls, **more):\n        return cls(width=cls.plans["wide_net_small"], **more)\n    def forward(self, x):\n        return self.fc(x)\n';
    const traced = (await RanFile.of(text)).trace();
    assert.deepEqual([traced.outputs, traced.assumptions[0]], ['(32, 2)', 'WideNet: made by `WideNet.wide_net_small`']);
  });
});

describe('a function that makes a model', () => {
  it('says which of its arguments is not known', async () => {
    const ran = await RanFile.of(`${torch}class Net(nn.Module):
    def __init__(self, blob):
        super().__init__()
        self.name = f"{blob}"
    def forward(self, x):
        return self.fc(x)
def build(blob):
    return Net(blob)
`);
    assert.equal(ran.models, 'build (function), Net (class)');
    assert.deepEqual(ran.trace().diagnostics, ['skipped 9:4-9 `build` was not constructed: nothing is known of its argument `blob`; give it with `# lens: args=(blob=…)` above it']);
  });
});

describe('a model of a package that makes models elsewhere', () => {
  it('is said to be out of reach on the line that makes it', async () => {
    const ran = await RanFile.of(`${torch}from transformers import AutoModel, BertConfig, BertModel\nbert = AutoModel.from_pretrained("bert-base-uncased")\nother = BertModel(BertConfig())\n`);
    assert.deepEqual(ran.diagnostics.slice(1), [
      'skipped 4:7-53 `AutoModel.from_pretrained(…)`: a model that `transformers` makes from a configuration or from a server is out of reach, so it is not among the layers, and random numbers stand in for its outputs',
      'skipped 5:8-31 `BertModel(…)`: a model that `transformers` makes from a configuration or from a server is out of reach, so it is not among the layers, and random numbers stand in for its outputs',
    ]);
  });
});

describe('a class around a model of `transformers`', () => {
  it('shows its own layers, on random numbers in place of what the model gives', async () => {
    const ran = await RanFile.of(`${torch}from transformers import AutoModel
class Classifier(nn.Module):
    def __init__(self, labels=3):
        super().__init__()
        self.bert = AutoModel.from_pretrained("bert-base-uncased")
        self.fc = nn.Linear(self.bert.config.hidden_size, labels)
    def forward(self, input_ids, attention_mask):
        out = self.bert(input_ids, attention_mask=attention_mask)
        return self.fc(out.last_hidden_state[:, 0]) + self.fc(out[1])
`);
    const traced = ran.trace();
    assert.deepEqual([traced.inputs, traced.rows], ['input_ids int64(32, 16) inferred', ['. Classifier → (32, 3)', '  fc Linear → (32, 3)', '  fc Linear → (32, 3)']]);
  });
});

describe('what stands in for the outputs of a model of `transformers`', () => {
  const around = (made: string, width: number) => `${torch}from transformers import AutoModel
class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = ${made}
        self.fc = nn.Linear(${width}, 2)
    def forward(self, ids):
        return self.fc(self.body(ids).pooler_output)
`;

  it('is as wide as the layer behind it takes', async () => {
    for (const made of ['AutoModel.from_pretrained("some/body")', 'AutoModel.from_pretrained("roberta-large")']) {
      const traced = (await RanFile.of(around(made, 1024))).trace();
      assert.deepEqual(traced.rows, ['. Classifier → (32, 2)', '  fc Linear → (32, 2)']);
    }
  });

  it('is as wide as the name of the published model says, where the file asks', async () => {
    const ran = await RanFile.of('from transformers import AutoModel\nprint(AutoModel.from_pretrained("gpt2-xl").config.n_embd, AutoModel.from_pretrained("roberta-large").config.hidden_size)\n');
    assert.equal(ran.run.output, '1600 1024\n');
  });

  it('makes no error and no fix where its width is not known', async () => {
    const ran = await RanFile.of(`${around('AutoModel.from_pretrained("some/body")', 768).replace('return', 'nn.functional.linear(self.body(ids).pooler_output, torch.ones(2, 9)); return')}`);
    assert.deepEqual(ran.trace().diagnostics.slice(1),
      ['skipped 10:8-76 mat1 and mat2 shapes cannot be multiplied (32x768 and 9x2) (the width of what a model that is not here gives is not known)']);
  });
});

describe('an environment of Gymnasium', () => {
  it('has the spaces of the real one, and ends its episodes, so that the agent is trained one step', async () => {
    const ran = await RanFile.of(`${torch}import gymnasium as gym
env = gym.make("CartPole-v1")
policy = nn.Sequential(nn.Linear(env.observation_space.shape[0], 16), nn.ReLU(), nn.Linear(16, env.action_space.n))
optimizer = torch.optim.Adam(policy.parameters())
for episode in range(1000):
    state, _ = env.reset()
    rewards, done = [], False
    while not done:
        logits = policy(torch.as_tensor(state).unsqueeze(0))
        state, reward, terminated, truncated, _ = env.step(logits.argmax().item())
        rewards.append(-logits.log_softmax(1).max() * reward)
        done = terminated or truncated
    torch.stack(rewards).sum().backward()
    optimizer.step()
`);
    assert.deepEqual(ran.diagnostics, ['skipped 4:6-29 `CartPole-v1` is not here: random observations of its shape stand in for it',
      'skipped 7:0-26 training is not run: the loop was left after its first step']);
    assert.equal(ran.trace().inputs, 'input (1, 4) file');
  });
});

describe('a whole model as an argument', () => {
  const module = (name: string, signature: string, made: string, called: string) =>
    `class ${name}(nn.Module):\n    def __init__(self${signature}):\n        super().__init__()\n        ${made}\n    def forward(self, ${called}\n`;
  const parts = `${torch}${module('Plain', '', 'self.fc = nn.Linear(4, 3)', 'x):\n        return self.fc(x)')}${module('Timed', ', dim', 'self.fc, self.width = nn.Linear(4, 5), dim', 'x, t):\n        return self.fc(x)')}`;

  it('is a model of the file that has what is read of it', async () => {
    const ran = await RanFile.of(`${parts}${module('Wrapper', ', model', 'self.model, self.width = model, model.width', 'x):\n        return self.model(x, self.width)')}`);
    const traced = ran.trace('Wrapper');
    assert.deepEqual(traced.diagnostics, []);
    assert.match(traced.arguments, /^model=Timed\(/);
    assert.equal(traced.outputs, '(32, 5)');
  });

  it('is a model of the file that takes as many inputs as it is called on', async () => {
    const ran = await RanFile.of(`${parts}${module('Wrapper', ', denoise_fn', 'self.denoise_fn = denoise_fn', 'x):\n        return self.denoise_fn(x, 1)')}`);
    assert.match(ran.trace('Wrapper').arguments, /^denoise_fn=Timed\(/);
  });

  it('is a single layer where what is read of it is what layers have', async () => {
    const ran = await RanFile.of(`${parts}${module('Split', ', module', 'self.module = module\n        self.extra = nn.Parameter(module.bias.data)', 'x):\n        return self.module(x) + self.extra')}`);
    const traced = ran.trace('Split');
    assert.deepEqual([traced.diagnostics, traced.arguments, traced.outputs], [[], 'module=nn.Linear(in_features=64, out_features=64) (assumed)', '(32, 64)']);
    assert.deepEqual(traced.assumptions.filter((line) => line.startsWith('Timed')), []);
  });

  it('is made with what the class around it asserts of it', async () => {
    const unet = module('UNet', ', dim, out=None, is_doubled=False, is_learned=False', 'self.fc, self.dim, self.out = nn.Linear(dim, out or dim), dim, out or dim\n        self.is_conditional = is_learned or is_doubled', 'x):\n        return self.fc(x)');
    const wrapper = module('Wrapper', ', model', 'self.model = model\n        assert model.out == model.dim * 2\n        assert model.is_conditional', 'x):\n        return self.model(x)');
    const traced = (await RanFile.of(`${torch}${unet}${wrapper}`)).trace('Wrapper');
    assert.deepEqual([traced.diagnostics, traced.arguments, traced.outputs], [[], 'model=UNet(dim=64, out=128, is_learned=True) (assumed)', '(32, 128)']);
    assert.deepEqual(traced.assumptions.filter((line) => line.startsWith('UNet')), ['UNet: `dim` is not given, assumed 64', 'UNet: `out` is assumed 128, as line 14 asks for', 'UNet: `is_learned` is assumed True, as line 15 asks for']);
  });

  it('is not looked for by what only a comment reads of it', async () => {
    const ran = await RanFile.of(`${parts}${module('Wrapper', ', model', 'self.model = model  # unlike model.width', 'x):\n        return self.model(x)')}`);
    assert.match(ran.trace('Wrapper').arguments, /^model=Plain\(/);
  });

  it('is a stand-in that gives ten numbers for each row where the file has none, also where the file makes it of nothing', async () => {
    const wrapper = `${torch}${module('Wrapper', ', net: torch.nn.Module', 'self.net = net', 'x):\n        return self.net(x)')}`;
    for (const text of [wrapper, `${wrapper}_ = Wrapper(None)\n`]) {
      const traced = (await RanFile.of(text)).trace();
      assert.deepEqual(traced.diagnostics, []);
      assert.equal(traced.arguments, 'net=nn.Sequential(nn.Flatten(start_dim=1), nn.LazyLinear(out_features=10)) (assumed)');
      assert.equal(traced.outputs, '(32, 10)');
    }
  });

  it('is handed to the class below by its own name, with what that one requires beside it', async () => {
    const base = module('Base', ', model, *, image_size', 'self.model, self.fc = model, nn.Linear(image_size, 2)', 'x):\n        return self.fc(self.model(x))');
    const ran = await RanFile.of(`${torch}${base}class Net(Base):\n    def __init__(self, model, *args, **kwargs):\n        super().__init__(model, *args, **kwargs)\n        self.extra = nn.Linear(10, 32)\n    def forward(self, x):\n        return self.fc(self.extra(self.model(x)))\n`);
    const traced = ran.trace('Net');
    assert.deepEqual(traced.diagnostics, []);
    assert.match(traced.arguments, /image_size=32 \(assumed\)$/);
    assert.equal(traced.outputs, '(32, 2)');
  });
});
