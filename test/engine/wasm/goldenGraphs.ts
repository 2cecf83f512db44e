// Graphs of what PyTorch has computed for the goldens, for what is to be looked at and not run.
import { gradient } from '../../../src/graph/gradient.ts';
import type { ValueId } from '../../../src/graph/graph.ts';
import { inSingle, opCases, readGolden, type OpCase } from '../goldens.ts';
import { Recording } from '../recording.ts';

/** Each a graph of an op and, where it has one, of its gradient. */
export function* goldenGraphs(): Iterable<[Recording, readonly ValueId[]]> {
  for (const { op, attributes, inputs, seed } of opCases()) {
    const recording = new Recording();
    const values = inputs.map((input) => recording.input(inSingle(input)));
    const outputs = recording.all(op, values, attributes);
    const gradients = seed === null ? [] : gradient(recording.graph, outputs[0], values, recording.input(inSingle(seed)));
    yield [recording, [...outputs, ...gradients.filter((value) => value !== null)]];
  }
  const { sequences } = readGolden('randomGoldens.json') as { sequences: { draws: Pick<OpCase, 'op' | 'attributes'>[] }[] };
  for (const { op, attributes } of sequences.flatMap(({ draws }) => draws)) {
    const recording = new Recording();
    yield [recording, recording.all(op, [], { seed: 0, offset: 0, carry: null, ...attributes })];
  }
}
