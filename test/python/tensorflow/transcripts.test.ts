// The TensorFlow shim against real TensorFlow: the same text prints the same (test/golden/make_tensorflow_transcripts.py).
import { itPrintsAs } from '../transcripts.ts';

describe('TensorFlow code prints what it prints under TensorFlow', () => {
  itPrintsAs('tensorflow_snippets.py', 'tensorflow.json', 'import keras\nkeras.backend.clear_session()\n');
});
