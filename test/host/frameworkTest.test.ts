import { strict as assert } from 'node:assert';
import { frameworkNamed } from '../../src/host/frameworkTest.ts';

const cases: readonly (readonly [string, ReturnType<typeof frameworkNamed>])[] = [
  ['import torch', 'deep'],
  ['import os, torch.nn as nn', 'deep'],
  ['x = 1\nfrom torch.nn import functional as F\n', 'deep'],
  ['try:\n    import tensorflow as tf\nexcept ImportError:\n    tf = None', 'deep'],
  ['from tensorflow.keras import layers', 'deep'],
  ['import keras', 'deep'],
  ['import numpy as np', 'numpy'],
  ['import numpy as np\nimport torch', 'deep'],
  ['import os', null],
  ['# import torch', null],
  ['print("torch")', null],
  ['import pytorchlike', null],
  ['import os  # not torch', null],
  ['', null],
];

describe('whether a text names a framework', () => {
  for (const [text, expected] of cases) it(`is ${expected} for ${JSON.stringify(text)}`, () => assert.equal(frameworkNamed(text), expected));
});
