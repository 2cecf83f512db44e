import { strict as assert } from 'node:assert';
import { RanFile } from '../runner/runFile.ts';

describe('a sparse matrix', () => {
  it('has the entries that it was made of, also those that are zero', async () => {
    const ran = await RanFile.of('import torch\na = torch.sparse_coo_tensor(torch.tensor([[0, 1, 1], [2, 0, 2]]), torch.tensor([3.0, 0.0, 5.0]), (2, 3))\n'
      + 'assert a._indices().tolist() == [[0, 1, 1], [2, 0, 2]] and a._values().tolist() == [3.0, 0.0, 5.0]\nnet = torch.nn.Linear(3, 2)\nnet(a)\n');
    assert.deepEqual(ran.diagnostics, []);
  });
});
