// Sequences for recurrent and attention layers: waves whose frequency is the class, and tokens with a rule to learn.
import type { RandomSource } from '../randomSource.ts';

/** A wave of `length` steps and `features` phases of it; class 0 is the slowest. Row-major, time before features. */
export function drawWave(label: number, classes: number, length: number, features: number, random: RandomSource): Float32Array {
  // From half a turn over the sequence to a quarter of the steps' rate: what can be told apart in so few steps.
  const fastest = Math.max(1, length / 4);
  const turns = 0.5 + (classes <= 1 ? 0 : (label * (fastest - 0.5)) / (classes - 1));
  const phase = random.uniform(0, 2 * Math.PI);
  const height = random.uniform(0.8, 1.2);
  const wave = new Float32Array(length * features);
  for (let time = 0; time < length; time++) {
    for (let feature = 0; feature < features; feature++) {
      const angle = (2 * Math.PI * turns * time) / length + phase + (feature * Math.PI) / Math.max(2, features);
      wave[time * features + feature] = height * Math.sin(angle) + 0.1 * random.normal();
    }
  }
  return wave;
}

/** Tokens in use: more would take a model longer to see than quick-train lasts. */
const mostTokens = 64;

/** `length + 1` tokens that go up by a stride, drawn per sequence from 1 to 3, around a circle: the next one follows from two. */
export function drawTokenRun(length: number, vocabulary: number, random: RandomSource): Int32Array {
  const size = Math.min(vocabulary, mostTokens);
  const stride = 1 + random.integer(Math.min(3, Math.max(1, size - 1)));
  let token = random.integer(size);
  return Int32Array.from({ length: length + 1 }, () => {
    const current = token;
    token = (token + stride) % size;
    return current;
  });
}

/** A text of a class: half of its tokens come from the class's own part of the vocabulary, the rest from all of it. */
export function drawTokenBag(label: number, classes: number, length: number, vocabulary: number, random: RandomSource): Int32Array {
  const size = Math.min(vocabulary, Math.max(mostTokens, classes));
  const share = Math.max(1, Math.floor(size / classes));
  return Int32Array.from({ length }, () => (random.uniform() < 0.5 ? (label * share + random.integer(share)) % size : random.integer(size)));
}
