// im2col and col2im: the windows of an image as columns of a matrix (channels × kernel positions, output positions), and back.
import type { TypedArray } from '../tensor.ts';
import type { Triple } from '../windows.ts';

export interface Window {
  readonly kernel: Triple;
  readonly stride: Triple;
  readonly padding: Triple;
  readonly dilation: Triple;
}

/** Where one image's channels begin, and how many there are. */
export interface Image {
  readonly data: TypedArray;
  readonly start: number;
  readonly channels: number;
  readonly size: Triple;
}

/** Fills `columns`; positions in the padding are 0. */
export function imageToColumns(image: Image, window: Window, output: Triple, columns: TypedArray): void {
  const { data } = image;
  const stride = window.stride[2];
  columns.fill(0);
  eachRow(image, window, output, (row, rowStart, first, end, offset) => {
    for (let x = first, i = rowStart + first * stride + offset; x < end; x += 1, i += stride) columns[row + x] = data[i];
  });
}

/** Adds `columns` to the places of the image that they came from. */
export function addColumnsToImage(columns: TypedArray, window: Window, output: Triple, image: Image): void {
  const { data } = image;
  const stride = window.stride[2];
  eachRow(image, window, output, (row, rowStart, first, end, offset) => {
    for (let x = first, i = rowStart + first * stride + offset; x < end; x += 1, i += stride) data[i] += columns[row + x];
  });
}

/**
 * Visits each row of output positions of each kernel position: `row` is where it begins in the columns, `rowStart` where the
 * image's row begins, and output x in `first..end` reads the image at `rowStart + x * stride + offset`.
 */
function eachRow(
  image: Image, window: Window, output: Triple,
  visit: (row: number, rowStart: number, first: number, end: number, offset: number) => void,
): void {
  const [depth, height, width] = image.size;
  const { kernel, stride, padding, dilation } = window;
  const [outDepth, outHeight, outWidth] = output;
  let column = 0;
  for (let channel = 0; channel < image.channels; channel += 1) {
    for (let kz = 0; kz < kernel[0]; kz += 1) {
      const [firstZ, endZ] = validRange(outDepth, depth, stride[0], padding[0], kz * dilation[0]);
      for (let ky = 0; ky < kernel[1]; ky += 1) {
        const [firstY, endY] = validRange(outHeight, height, stride[1], padding[1], ky * dilation[1]);
        for (let kx = 0; kx < kernel[2]; kx += 1, column += outDepth * outHeight * outWidth) {
          const [firstX, endX] = validRange(outWidth, width, stride[2], padding[2], kx * dilation[2]);
          const offset = kx * dilation[2] - padding[2];
          for (let z = firstZ; z < endZ; z += 1) {
            const inZ = z * stride[0] - padding[0] + kz * dilation[0];
            for (let y = firstY; y < endY; y += 1) {
              const inY = y * stride[1] - padding[1] + ky * dilation[1];
              const rowStart = image.start + ((channel * depth + inZ) * height + inY) * width;
              visit(column + (z * outHeight + y) * outWidth, rowStart, firstX, endX, offset);
            }
          }
        }
      }
    }
  }
}

/** Output positions whose input position `output * stride - padding + offset` lies within `size`: first, and one past the last. */
function validRange(outputSize: number, size: number, stride: number, padding: number, offset: number): [number, number] {
  const first = Math.max(0, Math.ceil((padding - offset) / stride));
  const last = Math.floor((size - 1 + padding - offset) / stride);
  return [Math.min(first, outputSize), Math.max(Math.min(first, outputSize), Math.min(outputSize, last + 1))];
}
