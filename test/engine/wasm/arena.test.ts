import { strict as assert } from 'node:assert';
import type { NodeId } from '../../../src/graph/graph.ts';
import { layOutArena } from '../../../src/engine/wasm/arena.ts';
import { Buffers, Place, type BufferId } from '../../../src/engine/wasm/buffers.ts';
import { touched, type Command, type InPlace } from '../../../src/engine/wasm/task.ts';
import { Draw } from './agreement.ts';

const command = (buffers: readonly BufferId[], inPlace: readonly InPlace[] = []): Command => ({
  kind: 'command', node: 0 as NodeId, kernel: 'chain', fields: Object.fromEntries(buffers.map((buffer, n) => [`place${n}`, new Place(buffer)])), isParallel: false, work: 1, inPlace,
});

describe('the layout of a program\'s intermediates', () => {
  it('lets no two values that live at the same time have a byte in common, but where one is written over the other', () => {
    const draw = new Draw(92);
    for (let round = 0; round < 200; round++) {
      const buffers = new Buffers();
      const tasks: Command[] = [];
      const made: BufferId[] = [];
      for (let n = 0; n < 40; n++) {
        const bytes = 64 * (1 + draw.below(4));
        const inputs = made.length === 0 ? [] : Array.from({ length: draw.below(3) }, () => draw.pick(made.slice(-8)));
        const output = buffers.add(bytes, draw.below(6) === 0 ? 'lasting' : 'arena');
        const over = inputs.filter((input) => buffers.list[input].bytes === bytes && draw.below(2) === 0).map((input) => ({ output, input }));
        const scratch = draw.below(3) === 0 ? [buffers.add(128, 'scratch')] : [];
        tasks.push(command([...inputs, output, ...scratch], over));
        made.push(output);
      }
      const outputs = new Set([draw.pick(made), made.at(-1)!]);
      const { offsets, extents, liveBytes } = layOutArena(tasks, buffers, outputs);
      const usesOf = (buffer: BufferId) => tasks.flatMap((task, n) => (touched(task).includes(buffer) ? [n] : []));
      const spans = [...offsets].map(([buffer, start]) => {
        const uses = usesOf(buffer);
        return { buffer, start, end: start + buffers.list[buffer].bytes, first: uses[0], last: outputs.has(buffer) ? tasks.length : uses.at(-1)! };
      });
      for (const a of spans) {
        assert.ok(a.end <= extents[a.first]);
        for (const b of spans) {
          if (a === b || a.first > b.first || a.end <= b.start || b.end <= a.start || a.last < b.first) continue;
          const isWrittenOver = a.last === b.first && tasks[b.first].inPlace!.some(({ output, input }) => output === b.buffer && input === a.buffer);
          assert.ok(isWrittenOver && a.start === b.start, `round ${round}: ${a.buffer} and ${b.buffer} share bytes`);
        }
      }
      liveBytes.forEach((live, n) => {
        const alive = buffers.list.flatMap(({ role, bytes }, id) => {
          const buffer = id as BufferId;
          const uses = usesOf(buffer);
          const isCounted = role === 'arena' || (role === 'lasting' && outputs.has(buffer));
          const isGone = tasks[n].inPlace!.some(({ output, input }) => input === buffer && offsets.get(output) === offsets.get(input) && usesOf(output)[0] === n);
          return isCounted && uses[0] <= n && (outputs.has(buffer) || uses.at(-1)! >= n) && !isGone ? [bytes] : [];
        });
        assert.equal(live, alive.reduce((sum, bytes) => sum + bytes, 0), `round ${round}, task ${n}`);
      });
    }
  });

  it('leaves what lasts out, and gives scratch a place that does not count', () => {
    const buffers = new Buffers();
    const [lasting, scratch, value] = [buffers.add(256, 'lasting'), buffers.add(128, 'scratch'), buffers.add(64)];
    const { offsets, liveBytes } = layOutArena([command([lasting, scratch, value])], buffers, new Set());
    assert.deepEqual([[...offsets.keys()], liveBytes], [[scratch, value], [64]]);
  });
});
