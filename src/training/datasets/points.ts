// Labelled points: two moons, spirals, blobs. Each fills one sample's features and returns its class.
import type { RandomSource } from '../randomSource.ts';

/** Writes a sample of class `label` to `out` (one number per feature). Values are of the order of 1. */
export type PointGenerator = (out: Float32Array, label: number, classes: number, random: RandomSource, centers: Float32Array) => void;

/** Two half circles that reach into each other (scikit-learn's `make_moons`); further features are noise. */
export const twoMoons: PointGenerator = (out, label, _classes, random) => {
  const angle = random.uniform(0, Math.PI);
  const x = label === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
  const y = label === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle);
  noise(out, random, 0.1);
  out[0] += x - 0.5;
  out[1] += y - 0.25;
};

/** One spiral arm per class, three quarters of a turn each. */
export const spirals: PointGenerator = (out, label, classes, random) => {
  const radius = Math.sqrt(random.uniform());
  const angle = 1.5 * Math.PI * radius + (2 * Math.PI * label) / classes + 0.08 * random.normal();
  noise(out, random, 0.02);
  out[0] += 1.5 * radius * Math.cos(angle);
  out[1] += 1.5 * radius * Math.sin(angle);
};

/** One normal cloud per class around its center. */
export const blobs: PointGenerator = (out, label, _classes, random, centers) => {
  noise(out, random, 0.35);
  for (let feature = 0; feature < out.length; feature++) out[feature] += centers[label * out.length + feature];
};

/** Centers of `blobs`: evenly spaced where there are one or two features, drawn where there is room. */
export function blobCenters(classes: number, features: number, random: RandomSource): Float32Array {
  const centers = new Float32Array(classes * features);
  for (let label = 0; label < classes; label++) {
    for (let feature = 0; feature < features; feature++) {
      const angle = (2 * Math.PI * label) / classes;
      centers[label * features + feature] = features === 1 ? 2 * label - (classes - 1)
        : features === 2 ? Math.max(1.5, classes * 0.35) * (feature === 0 ? Math.cos(angle) : Math.sin(angle))
        : random.normal();
    }
  }
  return centers;
}

function noise(out: Float32Array, random: RandomSource, scale: number): void {
  for (let feature = 0; feature < out.length; feature++) out[feature] = scale * random.normal();
}
