// Functions of TensorFlow that share their implementation with Keras's: that they are put together as TensorFlow's arguments say.
import { strict as assert } from 'node:assert';
import { runPython } from '../harness.ts';

/** What each expression prints, of results that are known by hand. */
const known: Readonly<Record<string, string>> = {
  'tf.linalg.det([[1.0, 2.0], [3.0, 4.0]])': '-2.0',
  'tf.linalg.inv([[2.0, 0.0], [0.0, 4.0]])': '0.5 0.0 0.0 0.25',
  'tf.linalg.solve([[2.0, 0.0], [0.0, 4.0]], [[2.0], [2.0]])': '1.0 0.5',
  'tf.linalg.solve([[1.0, 1.0], [0.0, 1.0]], [[3.0], [1.0]], adjoint=True)': '3.0 -2.0',
  'tf.linalg.triangular_solve([[2.0, 9.0], [1.0, 1.0]], [[2.0], [3.0]])': '1.0 2.0',
  'tf.linalg.triangular_solve([[2.0, 9.0], [1.0, 1.0]], [[3.0], [1.0]], adjoint=True)': '1.0 1.0',
  'tf.linalg.svd([[3.0, 0.0], [0.0, 2.0]])[0]': '3.0 2.0',
  'tf.linalg.eigh([[2.0, 0.0], [0.0, 1.0]])[0]': '1.0 2.0',
  'tf.linalg.cholesky([[4.0, 0.0], [0.0, 9.0]])': '2.0 0.0 0.0 3.0',
  'tf.searchsorted([1, 3, 5], [3, 4], side="right")': '2 2',
  'tf.math.count_nonzero([0.0, 1.0, 2.0])': '2',
  'tf.math.erfinv([0.0])': '0.0',
  'tf.math.lgamma([1.0, 2.0])': '0.0 0.0',
  'tf.image.resize([[[1.0], [2.0]]], (1, 4), method="nearest")': '1.0 1.0 2.0 2.0',
  'tf.image.resize([[[1.0], [3.0]]], (1, 4))': '1.0 1.5 2.5 3.0',
  'tf.image.resize([[[1.0], [3.0]]], (1, 1), method=tf.image.ResizeMethod.AREA)': '2.0',
  'tf.image.flip_left_right([[[1.0], [2.0]], [[3.0], [4.0]]])': '2.0 1.0 4.0 3.0',
  'tf.image.extract_patches([[[[1.0], [2.0]], [[3.0], [4.0]]]], [1, 1, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "VALID")': '1.0 2.0 3.0 4.0',
  // one step and one label: −log softmax
  'tf.nn.ctc_loss([[1]], [[[0.0, 0.0]]], [1], [1])': '0.6931',
  'tf.nn.ctc_loss([[0]], [[[0.0, 0.0, 0.0, 0.0]]], [1], [1], logits_time_major=False, blank_index=-1)': '1.3863',
};

describe('TensorFlow functions on matrices, images and alignments', () => {
  for (const [expression, expected] of Object.entries(known)) {
    it(`${expression} is ${expected}`, async () => {
      const { stdout, errors } = await runPython(`import tensorflow as tf\nprint(*[round(float(v), 4) if r.dtype.is_floating else int(v) for r in [${expression}]`
        + ' for v in r.numpy().flatten()])\n');
      assert.equal(errors, '');
      // −0 is a zero
      assert.equal(stdout.trim().replaceAll('-0.0', '0.0'), expected);
    });
  }
});
