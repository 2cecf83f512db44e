// What a canvas shows, by its pixels.
import type { Locator } from 'playwright-core';

/** Pixels of a canvas that are not transparent, by how many colours they have. */
export async function drawn(canvas: Locator): Promise<{ pixels: number; colors: number }> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    if (width === 0 || height === 0) return { pixels: 0, colors: 0 };
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    const colors = new Set<number>();
    let pixels = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      pixels++;
      colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    }
    return { pixels, colors: colors.size };
  });
}

/** Pixels of a canvas near a theme colour, given as `#rrggbb`. */
export async function pixelsNear(canvas: Locator, color: string): Promise<number> {
  return canvas.evaluate((element, hex) => {
    const { width, height } = element as HTMLCanvasElement;
    const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    let near = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3]! > 100 && wanted.every((value, channel) => Math.abs(value - data[i + channel]!) < 12)) near++;
    }
    return near;
  }, color);
}
