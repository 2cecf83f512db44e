// What one file sets is not set for the next one of the same interpreter.
import assert from 'node:assert/strict';
import { RanFile } from './runFile.ts';

/** [what the first file says, what the second one prints, its value]. */
const cases: readonly (readonly [string, string, string])[] = [
  // settings of frameworks
  ['import keras; keras.config.set_floatx("float16")', 'import keras; print(keras.config.floatx())', 'float32'],
  ['import keras; keras.config.set_image_data_format("channels_first")', 'import keras; print(keras.config.image_data_format())', 'channels_last'],
  ['import numpy as np; np.seterr(all="raise")', 'import numpy as np; print(np.geterr()["divide"])', 'warn'],
  ['import numpy as np; np.set_printoptions(precision=2)', 'import numpy as np; print(np.get_printoptions()["precision"])', '8'],
  ['import torch; torch.backends.cudnn.benchmark = True', 'import torch; print(torch.backends.cudnn.benchmark)', 'False'],
  ['import torch; torch.backends.cuda.matmul.allow_tf32 = True', 'import torch; print(torch.backends.cuda.matmul.allow_tf32)', 'False'],
  ['import torch; torch.set_default_dtype(torch.float64)', 'import torch; print(torch.get_default_dtype())', 'torch.float32'],
  ['import decimal; decimal.getcontext().prec = 3', 'import decimal; print(decimal.getcontext().prec)', '28'],
  // constants
  ['import math; math.pi = 3', 'import math; from torch import nn; print(nn.Linear(int(math.pi * 10), 2).in_features)', '31'],
  ['import string; string.digits = "01"', 'import string; print(string.digits)', '0123456789'],
  ['import math, torch; math.pi = torch.ones(2)', 'import math; print(math.pi > 3)', 'True'],
  ['import math; del math.tau', 'import math; print(math.tau > 6)', 'True'],
  ['import _lens.learning.training as t; t.OPTIMIZERS = ()', 'import _lens.learning.training as t; print(len(t.OPTIMIZERS))', '4'],
  ['from _lens.missing import packages as p; p._SENTENCES["mine"] = "none"', 'from _lens.missing import packages as p; print("mine" in p._SENTENCES)', 'False'],
  ['from torch import nn; nn.Module.training = 5', 'from torch import nn; print(nn.Linear(2, 2).training)', 'True'],
  // names that were added
  ['from torch import nn; nn.MyLayer = nn.Linear', 'from torch import nn; print(hasattr(nn, "MyLayer"))', 'False'],
  ['import math; math.size = 5', 'import math; print(hasattr(math, "size"))', 'False'],
  ['from torch import nn; nn.Linear.size = 5', 'from torch import nn; print(hasattr(nn.Linear, "size"))', 'False'],
  ['from torch import nn; nn.Linear.__len__ = lambda self: 5', 'from torch import nn; print(hasattr(nn.Linear, "__len__"))', 'False'],
  // modules
  ['import sys, types; sys.modules["mine"] = types.ModuleType("mine")', 'import sys; print("mine" in sys.modules)', 'False'],
  ['import sys, types; sys.modules["json"] = types.ModuleType("json")', 'import json; print(json.loads("5"))', '5'],
  // what is imported when it is first asked for stays as it is
  ['import timm; print(timm.models.vision_transformer.VisionTransformer)', 'import timm; print(timm.models.vision_transformer.VisionTransformer.__name__)', 'VisionTransformer'],
  ['import xml.dom.minidom', 'import xml.dom.minidom; print(xml.dom.minidom.Document.__name__)', 'Document'],
];

const written = async (text: string): Promise<string> => {
  const { run, diagnostics } = await RanFile.of(`${text}\n`);
  assert.deepEqual(diagnostics, []);
  return run.output.trimEnd();
};

describe('the interpreter, for the next file,', () => {
  for (const [first, second, expected] of cases) {
    it(`is as it was before \`${first}\``, async () => {
      assert.equal(await written(second), expected, 'of a file that is the first');
      await written(first);
      assert.equal(await written(second), expected);
    });
  }
});
