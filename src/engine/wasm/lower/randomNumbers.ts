// Random numbers in two steps: the outputs of the generator, one after the other from where the draw stands in its sequence, then the numbers that are
// made of them, on all threads.
import type { NodeOf } from '../../../graph/graph.ts';
import { drawsInBlocks, normalBlock } from '../../../graph/randomDraws.ts';
import { elementCount } from '../../../graph/tensorType.ts';
import { shiftedDraw } from '../../drawShift.ts';
import { drawing } from '../../generatorStates.ts';
import type { MersenneTwister } from '../../mersenneTwister.ts';
import { Place } from '../buffers.ts';
import type { Lowering } from '../lowering.ts';
import { Float } from '../task.ts';
import type { LoweringRules } from './rule.ts';

/** Operations of an element, about: a logarithm, half a sine and half a cosine; an output; a number made of one; two outputs looked at. */
const normalWork = 50;
const outputWork = 2;
const uniformWork = 4;
const bernoulliWork = 4;

type Draw = NodeOf<'normal'> | NodeOf<'uniform'> | NodeOf<'bernoulli'>;

/** `draw` is handed the generator where the node's draw begins, and what draws its outputs to a place. */
function emitOutputs(
  node: Draw, lowering: Lowering, count: number, places: readonly Place[],
  draw: (generator: MersenneTwister, fill: (count: number, place: Place) => void) => void,
): void {
  lowering.tasks.push({
    kind: 'host', node: node.id, work: outputWork * count, touches: places.map(({ buffer }) => buffer),
    run({ options: { drawShift }, drawTo }) {
      const { attributes } = drawShift ? shiftedDraw(node, drawShift) as Draw : node;
      drawing(attributes, (generator) => draw(generator, (size, place) => drawTo(generator, size, place)));
    },
  });
}

export const randomRules = {
  normal(node, lowering) {
    const { shape, dtype, mean, std } = node.attributes;
    if (dtype !== 'float32' || !drawsInBlocks(node.attributes)) return false;
    const count = elementCount(shape), tail = count % normalBlock;
    const y = lowering.write(node.outputs[0]);
    const last = new Place(lowering.buffers.add(normalBlock * 4, 'scratch'));
    emitOutputs(node, lowering, count, [y, last], (generator, fill) => {
      fill(count - tail, y);
      if (tail === 0) return;
      // The last 16 numbers are drawn anew, of which some were there already.
      generator.skip(tail);
      fill(normalBlock, last);
    });
    lowering.command('normalBlocks', normalWork * count, { y, last, count, mean: new Float(mean), std: new Float(std) });
    return true;
  },
  uniform(node, lowering) {
    const { shape, dtype, from, to } = node.attributes;
    const count = elementCount(shape);
    if (dtype !== 'float32' || count === 0) return false;
    const y = lowering.write(node.outputs[0]);
    emitOutputs(node, lowering, count, [y], (_, fill) => fill(count, y));
    lowering.command('uniformNumbers', uniformWork * count, { y, count, from: new Float(from), to: new Float(to) });
    return true;
  },
  bernoulli(node, lowering) {
    const { shape, dtype, p } = node.attributes;
    const count = elementCount(shape);
    if ((dtype !== 'float32' && dtype !== 'bool') || count === 0) return false;
    const words = new Place(lowering.buffers.add(8 * count));
    const y = lowering.write(node.outputs[0]);
    emitOutputs(node, lowering, 2 * count, [words], (_, fill) => fill(2 * count, words));
    // An integer of 53 bits is below p · 2⁵³ where it is below the next integer from there.
    const limit = BigInt(Math.ceil(p * 2 ** 53));
    lowering.command('bernoulli', bernoulliWork * count, {
      words, y, count, areBytes: dtype === 'bool' ? 1 : 0, limitLow: Number(BigInt.asIntN(32, limit)), limitHigh: Number(BigInt.asIntN(32, limit >> 32n)),
    });
    return true;
  },
} satisfies LoweringRules;
