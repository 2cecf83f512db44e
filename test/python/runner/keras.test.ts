import { strict as assert } from 'node:assert';
import { itFinds, type ModelCase } from './modelCase.ts';
import { RanFile } from './runFile.ts';

const keras = 'import keras\nfrom keras import layers\n';

const cases: readonly ModelCase[] = [
  {
    title: 'a Sequential that is only bound to a name is called on its declared input',
    text: `${keras}net = keras.Sequential([layers.Dense(8, activation="relu", input_shape=(12,)), layers.Dense(3, activation="softmax")])\nnet.compile(optimizer="adam", loss="categorical_crossentropy")\n`,
    models: 'net (instance)',
    rows: ['. Sequential → (32, 3)', '  dense Dense → (32, 8)', '  dense_1 Dense → (32, 3)'],
    inputs: 'input_layer (32, 12) declared',
    parameters: 'dense.kernel (12, 8), dense.bias (8), dense_1.kernel (8, 3), dense_1.bias (3)',
  },
  {
    title: 'a functional model is not taken apart into the layers that made it',
    text: `${keras}a, b = keras.Input((4,), name="left"), keras.Input((2,), name="right")\njoined = layers.Concatenate()([layers.Dense(3)(a), b])\nmodel = keras.Model([a, b], layers.Dense(1)(joined))\n`,
    models: 'model (instance)',
    rows: ['. Functional → (32, 1)', '  dense Dense → (32, 3)', '  concatenate Concatenate → (32, 5)', '  dense_1 Dense → (32, 1)'],
    inputs: 'left (32, 4) declared, right (32, 2) declared',
  },
  {
    title: 'a layer that is made where it is called lies below the one that makes it',
    text: `${keras}class Block(layers.Layer):\n    def call(self, x):\n        return layers.Dense(3, name="inner")(x)\nnet = keras.Sequential([keras.Input((4,)), Block(name="block")])\n`,
    models: 'net (instance)',
    rows: ['. Sequential → (32, 3)', '  block Block → (32, 3)', '    block/Dense Dense → (32, 3)'],
    inputs: 'input_layer (32, 4) declared',
  },
  {
    title: 'layers without an input of their own take an assumed one, and keep the names they have',
    text: `${keras}dense = layers.Dense(6)\nconv = layers.Conv2D(4, (2, 2), activation="relu", input_shape=(9, 9, 1))\n`,
    options: { model: 'dense' },
    models: 'conv (instance), dense (instance)',
    rows: ['dense Dense → (32, 6)'],
    inputs: 'inputs (32, 784) inferred',
    parameters: 'dense.kernel (784, 6), dense.bias (6)',
  },
  {
    title: 'a layer called on data is shown as called',
    text: `${keras}layer = layers.Conv2D(4, 3, activation="relu", input_shape=(8, 8, 1))\nout = layer(keras.random.normal((1, 8, 8, 1)))\n`,
    models: 'layer (called)',
    rows: ['conv2d Conv2D → (1, 6, 6, 4)'],
    inputs: 'inputs (1, 8, 8, 1) file',
  },
  {
    title: 'a subclassed model is constructed and its input tried without naming its layers anew',
    text: `${keras}class Net(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.hidden = layers.Dense(16, activation="relu")
        self.norm = layers.BatchNormalization()
        self.out = layers.Dense(num_classes)
    def call(self, x: Missing, training: Flag = False) -> Missing:
        return self.out(self.norm(self.hidden(x), training=training))
`,
    models: 'Net (class)',
    rows: ['. Net → (32, 10)', '  dense Dense → (32, 16)', '  batch_normalization BatchNormalization → (32, 16)', '  dense_1 Dense → (32, 10)'],
    inputs: 'x (32, 784) inferred',
  },
];

describe('the models of a Keras file', () => {
  cases.forEach(itFinds);

  it('has the moving statistics from before the call that built the layer', async () => {
    const ran = await RanFile.of(`${keras}layer = layers.BatchNormalization()\nout = layer(keras.random.normal((8, 3)), training=True)\n`);
    const traced = ran.trace();
    const mean = traced.model.trace!.buffers.find(({ name }) => name === 'moving_mean')!;
    assert.deepEqual(traced.numbers(mean.before), [0, 0, 0]);
    assert.ok(traced.numbers(mean.after).every((value) => value !== 0));
  });

  it('counts layer names anew in each run', async () => {
    const text = `${keras}model = keras.Sequential([layers.Dense(2, input_shape=(3,))])\n`;
    assert.deepEqual((await RanFile.of(text)).trace().rows, (await RanFile.of(text)).trace().rows);
  });
});
