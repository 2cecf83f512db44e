// The ways in which people write Keras models and their activation functions: each is listed as the layers that its author sees.
import { strict as assert } from 'node:assert';
import { RanFile } from '../runner/runFile.ts';

interface Form {
  readonly title: string;
  readonly text: string;
  readonly rows: readonly string[];
  readonly parameters?: string;
}

const head = 'import numpy as np\nimport tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers\n';

const forms: readonly Form[] = [
  {
    title: 'activation by name, in a Sequential with input_shape',
    text: `model = tf.keras.Sequential([\n  tf.keras.layers.Dense(32, activation="relu", input_shape=(100,)),\n  tf.keras.layers.Dense(7, activation="softmax"),\n])\n`,
    rows: ['. Sequential → (32, 7)', '  dense Dense → (32, 32)', '  dense_1 Dense → (32, 7)'],
    parameters: 'dense.kernel (100, 32), dense.bias (32), dense_1.kernel (32, 7), dense_1.bias (7)',
  },
  {
    title: 'a layer object as activation is a part of its layer, not a layer of its own',
    text: `net = keras.Sequential([layers.Dense(8, activation=layers.LeakyReLU(alpha=0.2), input_shape=(5,)), layers.Dense(2)])\nnet.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])\n`,
    rows: ['. Sequential → (32, 2)', '  dense Dense → (32, 8)', '  dense_1 Dense → (32, 2)'],
  },
  {
    title: 'a learned activation object keeps its slope as a parameter of its layer',
    text: 'net = keras.Sequential([layers.Dense(3, activation=layers.PReLU(), input_shape=(5,)), layers.Dense(2)])\n',
    rows: ['. Sequential → (32, 2)', '  dense Dense → (32, 3)', '  dense_1 Dense → (32, 2)'],
    parameters: 'dense.kernel (5, 3), dense.bias (3), dense.alpha (3), dense_1.kernel (3, 2), dense_1.bias (2)',
  },
  {
    title: 'activation layers stand on their own',
    text: 'net = keras.Sequential()\nnet.add(layers.Input((6,)))\nnet.add(layers.Dense(4))\nnet.add(layers.ReLU())\nnet.add(layers.Dense(4))\nnet.add(layers.Activation("tanh"))\n',
    rows: ['. Sequential → (32, 4)', '  dense Dense → (32, 4)', '  re_lu ReLU → (32, 4)', '  dense_1 Dense → (32, 4)', '  activation Activation → (32, 4)'],
  },
  {
    title: 'a layer of the user\'s own that calls tf.math.maximum',
    text: `class Clip(keras.layers.Layer):\n    def __init__(self):\n        super(Clip, self).__init__()\n\n    def call(self, x):\n        return tf.math.maximum(0.0, x)\n\nmodel = keras.Sequential([keras.layers.Dense(4, input_shape=(3,)), Clip(), keras.layers.Dense(2, activation="softmax")])\n`,
    rows: ['. Sequential → (32, 2)', '  dense Dense → (32, 4)', '  clip Clip → (32, 4)', '    clip maximum → (32, 4)', '  dense_1 Dense → (32, 2)'],
  },
  {
    title: 'a convolution called on random data',
    text: 'conv = tf.keras.layers.Conv2D(6, (3, 3), activation="relu", input_shape=(12, 12, 1))\nout = conv(tf.random.normal((2, 12, 12, 1)))\n',
    rows: ['conv2d Conv2D → (2, 10, 10, 6)'],
  },
  {
    title: 'functions on symbolic tensors are rows of a functional model',
    text: 'x = keras.Input((6,))\ny = tf.nn.relu(layers.Dense(4)(x))\nmodel = keras.Model(x, layers.Dense(2)(y) * 2.0)\n',
    rows: ['. Functional → (32, 2)', '  dense Dense → (32, 4)', '  . relu → (32, 4)', '  dense_1 Dense → (32, 2)', '  . multiply → (32, 2)'],
  },
  {
    title: 'recurrent layers with relu take their input from their own shape',
    text: 'model = keras.Sequential([layers.LSTM(5, activation="relu", input_shape=(4, 3), return_sequences=True), layers.SimpleRNN(2, activation="relu")])\n',
    rows: ['. Sequential → (32, 2)', '  lstm LSTM → (32, 4, 5)', '  simple_rnn SimpleRNN → (32, 2)'],
    parameters: 'lstm.kernel (3, 20), lstm.recurrent_kernel (5, 20), lstm.bias (20), simple_rnn.kernel (5, 2), simple_rnn.recurrent_kernel (2, 2), simple_rnn.bias (2)',
  },
  {
    title: 'wrappers: TimeDistributed is one row, Bidirectional has two below it',
    text: 'model = keras.Sequential([keras.Input((4, 3)), layers.TimeDistributed(layers.Dense(5)), layers.Bidirectional(layers.GRU(2))])\n',
    rows: ['. Sequential → (32, 4)', '  time_distributed TimeDistributed → (32, 4, 5)', '  bidirectional Bidirectional → (32, 4)',
      '    bidirectional/forward_gru GRU → (32, 2)', '    bidirectional/backward_gru GRU → (32, 2)'],
    parameters: 'time_distributed.kernel (3, 5), time_distributed.bias (5), bidirectional/forward_gru.kernel (5, 6), bidirectional/forward_gru.recurrent_kernel (2, 6), bidirectional/forward_gru.bias (2, 6), bidirectional/backward_gru.kernel (5, 6), bidirectional/backward_gru.recurrent_kernel (2, 6), bidirectional/backward_gru.bias (2, 6)',
  },
  {
    title: 'attention shows its projections',
    text: 'x = keras.Input((5, 8))\nmodel = keras.Model(x, layers.MultiHeadAttention(num_heads=2, key_dim=3)(x, x))\n',
    rows: ['. Functional → (32, 5, 8)', '  multi_head_attention MultiHeadAttention → (32, 5, 8)', '    multi_head_attention/query EinsumDense → (32, 5, 2, 3)',
      '    multi_head_attention/key EinsumDense → (32, 5, 2, 3)', '    multi_head_attention/value EinsumDense → (32, 5, 2, 3)',
      '    multi_head_attention/attention_output EinsumDense → (32, 5, 8)'],
  },
  {
    title: 'tokens are drawn for an embedding, below its vocabulary',
    text: 'model = keras.Sequential([layers.Embedding(50, 4, input_length=6), layers.Flatten(), layers.Dense(1, activation="sigmoid")])\n',
    rows: ['. Sequential → (32, 1)', '  embedding Embedding → (32, 6, 4)', '  flatten Flatten → (32, 24)', '  dense Dense → (32, 1)'],
  },
];

describe('the forms in which Keras models are written', () => {
  for (const { title, text, rows, parameters } of forms) {
    it(title, async () => {
      const ran = await RanFile.of(head + text);
      assert.deepEqual(ran.diagnostics, []);
      const traced = ran.trace();
      assert.deepEqual(traced.diagnostics, []);
      assert.deepEqual(traced.rows, rows);
      if (parameters !== undefined) assert.equal(traced.parameters, parameters);
    });
  }

  it('a shape that does not fit is said in Keras\'s words, and the layers before it stay', async () => {
    const ran = await RanFile.of(`${head}class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(8, activation="relu")
        self.second = layers.Dense(4)
        self.second.build((None, 9))

    def call(self, x):
        return self.second(self.first(x))

net = Net()
out = net(tf.zeros((2, 5)))
`);
    const expected = 'Input 0 of layer "dense_1" is incompatible with the layer: expected axis -1 of input shape to have value 9, but received input with shape (2, 8)';
    assert.equal(ran.diagnostics.length, 1);
    assert.match(ran.diagnostics[0]!, /^shape 13:15-41 /);
    assert.ok(ran.diagnostics[0]!.includes(expected), ran.diagnostics[0]);
    assert.ok(ran.trace().rows.includes('  dense Dense → (2, 8)'), ran.trace().rows.join('\n'));
  });

  it('what compile and fit say becomes quick-train\'s settings', async () => {
    const ran = await RanFile.of(`${head}model = keras.Sequential([layers.Dense(3, activation="softmax", input_shape=(4,))])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.05, momentum=0.9), loss="sparse_categorical_crossentropy")
history = model.fit(tf.zeros((64, 4)), tf.zeros((64,)), batch_size=16, epochs=3)
print(sorted(history.history))
`);
    assert.deepEqual(ran.diagnostics, []);
    assert.deepEqual(ran.trace().model.trace!.training, {
      named: [], loss: 'cross-entropy', fromProbabilities: true, optimizer: 'sgd', settings: { learningRate: 0.05, momentum: 0.9 }, notes: [], batchSize: 16, spokenOf: 'classes',
    });
  });
});
