// Generators at places of their sequences. Draws are functions of (seed, offset), and a model's parameters are draws one after another:
// states that were reached are kept, so that the next draw does not walk to its place from the beginning.
import type { RandomDraw } from '../graph/opAttributes.ts';
import { MersenneTwister } from './mersenneTwister.ts';

/** States kept (2.5 KB each); the oldest give way. */
const keptStates = 512;
/** On the way to a far place so many states are kept, for draws that are asked for in another order: no closer than half a millisecond of walking. */
const statesOnTheWay = 64;
const shortestStride = 2 ** 18;
const states: { readonly seed: number; readonly generator: MersenneTwister }[] = [];

/** A generator that stands at `offset` of the seed's sequence. */
export function generatorAt(seed: number, offset: number): MersenneTwister {
  let nearest: MersenneTwister | null = null;
  for (const state of states) {
    const { position } = state.generator;
    if (state.seed === seed && position <= offset && (nearest === null || position > nearest.position)) nearest = state.generator;
  }
  const generator = nearest === null ? MersenneTwister.seeded(seed) : nearest.clone();
  const stride = Math.max(shortestStride, Math.ceil((offset - generator.position) / statesOnTheWay));
  while (offset - generator.position > stride) {
    generator.skip(stride);
    keep(seed, generator.clone());
  }
  generator.skip(offset - generator.position);
  return generator;
}

/** Draws with a generator that stands where the draw's place says. */
export function drawing({ seed, offset }: RandomDraw, draw: (generator: MersenneTwister) => void): void {
  const generator = generatorAt(seed, offset);
  draw(generator);
  keep(seed, generator);
}

function keep(seed: number, generator: MersenneTwister): void {
  if (states.some((state) => state.seed === seed && state.generator.position === generator.position)) return;
  if (states.length === keptStates) states.shift();
  states.push({ seed, generator });
}
