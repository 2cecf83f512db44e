// The Keras shim against real Keras 3: the same text prints the same (test/golden/make_keras_transcripts.py).
import { itPrintsAs } from '../transcripts.ts';

/** What snippets find under the name `gradients`: see make_keras_transcripts.py. */
const gradients = `
def gradients(function, *inputs):
    import math
    from keras import ops
    from keras._backend.variable import gradients as gradients_of
    leaves = [ops.convert_to_tensor(numbers, dtype="float32") for numbers in inputs]
    result = function(*leaves)
    weights = ops.reshape(ops.arange(1.0, math.prod(result.shape) + 1.0), result.shape)
    return result, *gradients_of(result * weights, leaves)
`;

describe('Keras code prints what it prints under Keras 3', () => {
  itPrintsAs('keras_snippets.py', 'keras_transcripts.json', 'import keras\nkeras.backend.clear_session()\n' + gradients);
});
