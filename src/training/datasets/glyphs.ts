// Images of digit-like glyphs, drawn anew each time: strokes of varying place, size, slant and width, over noise. They are
// drawn from the polylines below, so that no data has to be shipped and any size and number of channels can be had.
import type { RandomSource } from '../randomSource.ts';

type Stroke = readonly (readonly [number, number])[];

/** Ten shapes in a unit square, y downwards. */
const shapes: readonly (readonly Stroke[])[] = [
  [arc(0.5, 0.5, 0.26, 0.4, 0, 360)],
  [[[0.36, 0.24], [0.54, 0.1], [0.54, 0.9]]],
  [[...arc(0.5, 0.32, 0.26, 0.22, 180, 400), [0.24, 0.9], [0.78, 0.9]]],
  [arc(0.46, 0.3, 0.26, 0.2, 200, 450), arc(0.46, 0.7, 0.28, 0.2, 270, 520)],
  [[[0.64, 0.9], [0.64, 0.1], [0.22, 0.64], [0.82, 0.64]]],
  [[[0.74, 0.1], [0.32, 0.1], [0.3, 0.46]], arc(0.46, 0.66, 0.28, 0.24, 230, 500)],
  [[[0.64, 0.1], [0.32, 0.5]], arc(0.5, 0.68, 0.24, 0.22, 0, 360)],
  [[[0.22, 0.1], [0.78, 0.1], [0.42, 0.9]]],
  [arc(0.5, 0.3, 0.2, 0.2, 0, 360), arc(0.5, 0.7, 0.26, 0.2, 0, 360)],
  [arc(0.5, 0.32, 0.24, 0.22, 0, 360), [[0.74, 0.34], [0.6, 0.9]]],
];

/** Shapes times quarter turns; further classes repeat them with a mark in one of the corners. */
const turnCount = 4;
const cornerCount = 5;
/** As many classes as can be told apart. */
export const mostGlyphClasses = shapes.length * turnCount * cornerCount;

/** Points of an elliptic arc, degrees clockwise from the right. */
function arc(x: number, y: number, radiusX: number, radiusY: number, from: number, to: number): Stroke {
  const steps = Math.max(4, Math.round(Math.abs(to - from) / 30));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)] as const;
  });
}

/** Ink of a glyph of class `label`: `height × width` values from 0 (paper) to 1. */
export function drawGlyph(label: number, height: number, width: number, random: RandomSource): Float32Array {
  const shape = shapes[label % shapes.length];
  const turn = Math.floor(label / shapes.length) % turnCount;
  const corner = Math.floor(label / (shapes.length * turnCount)) % cornerCount;
  const angle = (turn * Math.PI) / 2 + random.uniform(-0.2, 0.2);
  const scale = random.uniform(0.72, 0.95);
  const slant = random.uniform(-0.15, 0.15);
  const shiftX = random.uniform(-0.07, 0.07);
  const shiftY = random.uniform(-0.07, 0.07);
  const [sine, cosine] = [Math.sin(angle) * scale, Math.cos(angle) * scale];
  const place = ([x, y]: readonly [number, number]): [number, number] => {
    const [u, v] = [x - 0.5 + slant * (0.5 - y), y - 0.5];
    return [(0.5 + shiftX + cosine * u - sine * v) * width, (0.5 + shiftY + sine * u + cosine * v) * height];
  };
  const size = Math.min(height, width);
  const halfWidth = Math.max(0.45, size * random.uniform(0.035, 0.065));
  const ink = new Float32Array(height * width);
  for (const stroke of shape) {
    const points = stroke.map(place);
    for (let index = 1; index < points.length; index++) drawSegment(ink, height, width, points[index - 1], points[index], halfWidth);
  }
  if (corner > 0) {
    const mark: [number, number] = [(corner % 2 === 0 ? 0.92 : 0.08) * width, (corner > 2 ? 0.92 : 0.08) * height];
    drawSegment(ink, height, width, mark, mark, size * 0.07);
  }
  return ink;
}

/** A round-ended line, its edge one pixel soft. */
function drawSegment(
  ink: Float32Array, height: number, width: number, [x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], halfWidth: number,
): void {
  const reach = halfWidth + 1;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const lengthSquared = dx * dx + dy * dy;
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach));
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(x0, x1) + reach));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const [px, py] = [column + 0.5 - x0, row + 0.5 - y0];
      const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const [toX, toY] = [px - along * dx, py - along * dy];
      const distance = Math.sqrt(toX * toX + toY * toY);
      const value = Math.min(1, Math.max(0, halfWidth + 0.5 - distance));
      const index = row * width + column;
      if (value > ink[index]) ink[index] = value;
    }
  }
}
