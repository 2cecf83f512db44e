// The Keras shim against real Keras 3: the same text prints the same (test/golden/make_keras_transcripts.py).
import { itPrintsAs } from '../transcripts.ts';

describe('Keras code prints what it prints under Keras 3', () => {
  itPrintsAs('keras_snippets.py', 'keras_transcripts.json', 'import keras\nkeras.backend.clear_session()\n');
});
