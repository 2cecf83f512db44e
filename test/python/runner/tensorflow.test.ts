import { itFinds, type ModelCase } from './modelCase.ts';

const tensorflow = 'import tensorflow as tf\n';

const cases: readonly ModelCase[] = [
  {
    title: 'a computation by hand is the file: its variables are the parameters, the tensor it begins with is the input',
    text: `${tensorflow}W = tf.Variable(tf.random.normal([20, 6]))\nb = tf.Variable(tf.zeros([6]))\ndef dense(x):\n    return tf.matmul(x, W) + b\ndef relu(x):\n    return tf.maximum(0.0, x)\nx = tf.random.normal([4, 20])\nlinear_output = dense(x)\nrelu_output = relu(linear_output)\n`,
    models: 'model (file)', framework: 'tensorflow',
    rows: ['. matmul → (4, 6)', '. maximum → (4, 6)'],
    inputs: 'x (4, 20) file', parameters: 'W (20, 6), b (6)',
  },
  {
    title: 'a function that is never called takes what the matrices it reads can take',
    text: `${tensorflow}w = tf.Variable(tf.random.normal([3, 1]))\ndef predict(x):\n    return tf.nn.sigmoid(tf.matmul(x, w))\n`,
    models: 'predict (function)', framework: 'tensorflow',
    rows: ['. matmul → (32, 1)', '. sigmoid → (32, 1)'],
    inputs: 'x (32, 3) inferred', parameters: 'w (3, 1)',
  },
  {
    title: 'a tf.Module is a model with its own variables',
    text: `${tensorflow}class Unit(tf.Module):\n    def __init__(self):\n        super().__init__()\n        self.w = tf.Variable(tf.ones([4, 2]))\n    def __call__(self, x):\n        return tf.nn.relu(tf.matmul(x, self.w))\nunit = Unit()\ny = unit(tf.ones([5, 4]))\n`,
    models: 'Unit (called)', framework: 'tensorflow',
    rows: ['. Unit → (5, 2)', '  . matmul → (5, 2)', '  . relu → (5, 2)'],
    inputs: 'x (5, 4) file', parameters: 'w (4, 2)',
  },
  {
    title: 'a layer of the file that applies tf.math.maximum is one of the layers',
    text: `${tensorflow}from tensorflow import keras\nclass Floor(keras.layers.Layer):\n    def call(self, x):\n        return tf.math.maximum(0.0, x)\nmodel = keras.Sequential([keras.layers.Dense(4, input_shape=(6,)), Floor(), keras.layers.Dense(2)])\n`,
    models: 'model (instance)', framework: 'keras',
    rows: ['. Sequential → (32, 2)', '  dense Dense → (32, 4)', '  floor Floor → (32, 4)', '    floor maximum → (32, 4)', '  dense_1 Dense → (32, 2)'],
    inputs: 'input_layer (32, 6) declared', parameters: 'dense.kernel (6, 4), dense.bias (4), dense_1.kernel (4, 2), dense_1.bias (2)',
  },
];

describe('the models of a TensorFlow file', () => {
  cases.forEach(itFinds);
});
