// Batch and layer normalization with the statistics of what is normalized, and their backward passes. With x̂ = (x − mean) · rstd
// and g the gradient times the weight: dx = rstd · (g − mean(g) − x̂ · mean(g · x̂)), means over the elements normalized together.
import { elementCount } from '../../graph/tensorType.ts';
import type { Kernels } from './kernel.ts';

type NormalizationOp =
  | 'native_batch_norm' | 'native_batch_norm_backward' | 'native_layer_norm' | 'native_layer_norm_backward';

export const normalizationKernels: Kernels<NormalizationOp> = {
  native_batch_norm: ([x, weight, bias], { eps }, [y, means, rstds]) => {
    const { images, channels, count } = planesOf(x.shape);
    for (let channel = 0; channel < channels; channel += 1) {
      let sum = 0;
      for (let image = 0; image < images; image += 1) {
        const start = (image * channels + channel) * count;
        for (let i = start; i < start + count; i += 1) sum += x.data[i];
      }
      const mean = sum / (images * count);
      let squares = 0;
      for (let image = 0; image < images; image += 1) {
        const start = (image * channels + channel) * count;
        for (let i = start; i < start + count; i += 1) squares += (x.data[i] - mean) ** 2;
      }
      const rstd = 1 / Math.sqrt(squares / (images * count) + eps);
      const scale = rstd * weight.data[channel];
      const shift = bias.data[channel] - mean * scale;
      for (let image = 0; image < images; image += 1) {
        const start = (image * channels + channel) * count;
        for (let i = start; i < start + count; i += 1) y.data[i] = x.data[i] * scale + shift;
      }
      means.data[channel] = mean;
      rstds.data[channel] = rstd;
    }
  },
  native_batch_norm_backward: ([dy, x, weight, means, rstds], _, [dx, dweight, dbias]) => {
    const { images, channels, count } = planesOf(x.shape);
    for (let channel = 0; channel < channels; channel += 1) {
      const mean = means.data[channel];
      const rstd = rstds.data[channel];
      let sum = 0;
      let dot = 0;
      for (let image = 0; image < images; image += 1) {
        const start = (image * channels + channel) * count;
        for (let i = start; i < start + count; i += 1) {
          sum += dy.data[i];
          dot += dy.data[i] * (x.data[i] - mean);
        }
      }
      const meanGradient = sum / (images * count);
      const slope = (dot * rstd * rstd) / (images * count);
      const scale = rstd * weight.data[channel];
      for (let image = 0; image < images; image += 1) {
        const start = (image * channels + channel) * count;
        for (let i = start; i < start + count; i += 1) {
          dx.data[i] = scale * (dy.data[i] - meanGradient - (x.data[i] - mean) * slope);
        }
      }
      dweight.data[channel] = dot * rstd;
      dbias.data[channel] = sum;
    }
  },
  native_layer_norm: ([x, weight, bias], { eps }, [y, means, rstds]) => {
    const size = weight.data.length;
    for (let row = 0; row < means.data.length; row += 1) {
      const start = row * size;
      let sum = 0;
      for (let i = 0; i < size; i += 1) sum += x.data[start + i];
      const mean = sum / size;
      let squares = 0;
      for (let i = 0; i < size; i += 1) squares += (x.data[start + i] - mean) ** 2;
      const rstd = 1 / Math.sqrt(squares / size + eps);
      for (let i = 0; i < size; i += 1) y.data[start + i] = (x.data[start + i] - mean) * rstd * weight.data[i] + bias.data[i];
      means.data[row] = mean;
      rstds.data[row] = rstd;
    }
  },
  native_layer_norm_backward: ([dy, x, weight, means, rstds], _, [dx, dweight, dbias]) => {
    const size = weight.data.length;
    const weightSums = new Float64Array(size);
    const biasSums = new Float64Array(size);
    for (let row = 0; row < means.data.length; row += 1) {
      const start = row * size;
      const mean = means.data[row];
      const rstd = rstds.data[row];
      let sum = 0;
      let dot = 0;
      for (let i = 0; i < size; i += 1) {
        const gradient = dy.data[start + i];
        const normalized = (x.data[start + i] - mean) * rstd;
        sum += gradient * weight.data[i];
        dot += gradient * weight.data[i] * normalized;
        weightSums[i] += gradient * normalized;
        biasSums[i] += gradient;
      }
      for (let i = 0; i < size; i += 1) {
        const normalized = (x.data[start + i] - mean) * rstd;
        dx.data[start + i] = rstd * (dy.data[start + i] * weight.data[i] - sum / size - (normalized * dot) / size);
      }
    }
    dweight.data.set(weightSums);
    dbias.data.set(biasSums);
  },
};

function planesOf(shape: readonly number[]): { images: number; channels: number; count: number } {
  const [images, channels, ...rest] = shape;
  return { images, channels, count: elementCount(rest) };
}
