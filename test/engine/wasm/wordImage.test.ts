import { strict as assert } from 'node:assert';
import { Buffers, Place } from '../../../src/engine/wasm/buffers.ts';
import { Float } from '../../../src/engine/wasm/task.ts';
import { WordImage } from '../../../src/engine/wasm/wordImage.ts';

describe('the words of commands as they will lie in memory', () => {
  it('hold integers, the bits of floats, addresses of places, and addresses of inner lists, wherever they are put', () => {
    const buffers = new Buffers();
    const [still, moving] = [buffers.add(64), buffers.add(64)];
    const image = new WordImage(new Map([[still, 4096], [moving, 8192]]), new Set([moving]));
    assert.equal(image.add([7, new Place(still, 8)]), 0);
    assert.equal(image.add([new Float(1.5), [-1, [5]], new Place(moving, 12)]), 2);
    const words = image.at(1000);
    const inner = (words[3] - 1000) / 4;
    assert.deepEqual([...words.subarray(0, 5)], [7, 4104, 0x3fc00000, words[3], 8204]);
    assert.equal(words[inner], -1);
    assert.equal(words[(words[inner + 1] - 1000) / 4], 5);
    assert.deepEqual([...image.moving], [[moving, [{ at: 4, offset: 12 }]]]);
  });

  it('are refused where one is no integer, rather than meaning another one', () => {
    const image = new WordImage(new Map(), new Set());
    const buffer = new Buffers().add(64);
    assert.throws(() => image.add([NaN]), /NaN is no word of a command/);
    assert.throws(() => image.add([new Place(buffer, NaN)]), /NaN is no word of a command/);
    assert.throws(() => image.add([[0.5]]), /0.5 is no word of a command/);
  });
});
