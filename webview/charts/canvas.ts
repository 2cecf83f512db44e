// A canvas sized to its box at the screen's resolution, drawn in CSS pixels.

export interface Drawing {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Clears the canvas and fits it to `width` × `height` CSS pixels; null where it has no area (a hidden tab). */
export function startDrawing(canvas: HTMLCanvasElement, width = canvas.clientWidth, height = canvas.clientHeight): Drawing | null {
  if (width <= 0 || height <= 0) return null;
  const ratio = window.devicePixelRatio || 1;
  const pixelWidth = Math.round(width * ratio);
  const pixelHeight = Math.round(height * ratio);
  if (canvas.width !== pixelWidth) canvas.width = pixelWidth;
  if (canvas.height !== pixelHeight) canvas.height = pixelHeight;
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.globalAlpha = 1;
  return { context, width, height };
}

/** A diagonal hatch, the mark of "not on this axis": zeros and NaN on a logarithmic one. */
export function hatch(context: CanvasRenderingContext2D, color: string): CanvasPattern {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 6;
  const pen = tile.getContext('2d')!;
  pen.strokeStyle = color;
  pen.lineWidth = 1.2;
  pen.beginPath();
  for (const offset of [-6, 0, 6]) {
    pen.moveTo(offset, 6);
    pen.lineTo(offset + 6, 0);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat')!;
}
