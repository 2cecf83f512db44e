// Normal numbers: the host draws the generator's outputs one after the other, the kernel makes numbers of them.
import { drawsInBlocks, NORMAL_BLOCK } from '../../../graph/randomDraws.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { shiftedDraw } from '../../drawShift.ts';
import { drawBlockWords } from '../../normalNumbers.ts';
import { Place } from '../buffers.ts';
import { Float } from '../task.ts';
import type { LoweringRules } from './rule.ts';

/** About as many operations as a logarithm, half a sine and half a cosine take. */
const NORMAL_WORK = 50;
/** About as many as an output of the generator takes. */
const OUTPUT_WORK = 10;

export const randomRules = {
  normal(node, lowering) {
    const { shape, dtype, mean, std } = node.attributes;
    if (dtype !== 'float32' || !drawsInBlocks(node.attributes)) return false;
    const count = elementCount(shape);
    const y = lowering.write(node.outputs[0]);
    const last = new Place(lowering.buffers.add(NORMAL_BLOCK * 4, 'arena'));
    lowering.tasks.push({
      kind: 'host', node: node.id, work: OUTPUT_WORK * count, touches: [y.buffer, last.buffer],
      run({ options: { drawShift }, tensorAt }) {
        const { attributes } = drawShift ? shiftedDraw(node, drawShift) as typeof node : node;
        const words = (place: Place, size: number): Uint32Array => {
          const { data } = tensorAt('int32', [size], place);
          return new Uint32Array(data.buffer, data.byteOffset, size);
        };
        drawBlockWords(attributes, words(y, count), words(last, NORMAL_BLOCK));
      },
    });
    lowering.command('normalBlocks', NORMAL_WORK * count, [y, last, count, new Float(mean), new Float(std)]);
    return true;
  },
} satisfies LoweringRules;
