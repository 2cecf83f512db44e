import { strict as assert } from 'node:assert';
import type { Engine, TensorBlock } from '../../src/engine/engine.ts';
import { MemoryLimitError } from '../../src/engine/engineError.ts';
import { referenceEngine } from '../../src/engine/reference/referenceEngine.ts';
import { Optimizer, optimizerSettings } from '../../src/training/optimizers.ts';
import { ParameterStore } from '../../src/training/parameterStore.ts';
import { Recording, tensor } from '../engine/recording.ts';

/** An engine that has room for so many blocks. */
function engineOf(room: number): { engine: Engine; held: Set<TensorBlock> } {
  const held = new Set<TensorBlock>();
  const engine: Engine = {
    ...referenceEngine,
    allocate(dtype, shapes) {
      if (held.size === room) throw new MemoryLimitError(null, 'A block', 1, 0, 'addresses');
      const block = referenceEngine.allocate(dtype, shapes);
      held.add(block);
      return block;
    },
    free: (block) => void held.delete(block),
  };
  return { engine, held };
}

function parameters() {
  const recording = new Recording();
  const tensors = [tensor('float32', [2], [1, 2]), tensor('float64', [1], [3]), tensor('float32', [1, 2], [4, 5])];
  const initial = new Map(tensors.map((each) => [recording.input(each), each]));
  return { graph: recording.graph, initial };
}

describe('the parameters of a training run', () => {
  it('lie by type one after the other, with their gradients beside them', () => {
    const { graph, initial } = parameters();
    const store = new ParameterStore(referenceEngine, graph, initial);
    assert.deepEqual(store.groups.map((group) => [...group.parameters.whole.data]), [[1, 2, 4, 5], [3]]);
    const [first, second] = [...store.parameters.values()].filter(({ dtype }) => dtype === 'float32');
    store.groups[0].parameters.whole.data.set([6, 7, 8, 9]);
    assert.deepEqual([[...first.data], [...second.data]], [[6, 7], [8, 9]]);
    assert.deepEqual([...store.gradients.values()].map(({ shape }) => shape), [[2], [1, 2], [1]]);
  });

  for (const room of [0, 1, 2, 3]) {
    it(`hold no memory where there is room for ${room} of their 4 blocks`, () => {
      const { graph, initial } = parameters();
      const { engine, held } = engineOf(room);
      assert.throws(() => new ParameterStore(engine, graph, initial), MemoryLimitError);
      assert.equal(held.size, 0);
    });
  }

  it('hold none once they are released, nor does an optimizer that had no room for its state', () => {
    const { graph, initial } = parameters();
    const { engine, held } = engineOf(5);
    const store = new ParameterStore(engine, graph, initial);
    const optimizer = new Optimizer(engine, 'adam', optimizerSettings('adam', { learningRate: 1 }));
    assert.throws(() => optimizer.step(store.groups), MemoryLimitError);
    optimizer.release();
    assert.equal(held.size, 4);
    store.release();
    assert.equal(held.size, 0);
  });
});
