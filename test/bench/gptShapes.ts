// The small GPT of W7 (nanoGPT's block): sizes, and parameters under the names of its PyTorch module in `engines/pytorch.py`.

export const gpt = { layers: 4, heads: 4, width: 128, time: 64, vocabulary: 65, batch: 8 } as const;
export const layerNormEpsilon = 1e-5;

export function gptShapes(): Record<string, readonly number[]> {
  const { layers, width, time, vocabulary } = gpt;
  const shapes: Record<string, readonly number[]> = { 'te.weight': [vocabulary, width], 'pe.weight': [time, width] };
  const norm = (name: string) => Object.assign(shapes, { [`${name}.weight`]: [width], [`${name}.bias`]: [width] });
  const linear = (name: string, outputs: number, inputs: number) => Object.assign(shapes, { [`${name}.weight`]: [outputs, inputs], [`${name}.bias`]: [outputs] });
  for (let layer = 0; layer < layers; layer += 1) {
    norm(`bl.${layer}.l1`);
    linear(`bl.${layer}.qkv`, 3 * width, width);
    linear(`bl.${layer}.proj`, width, width);
    norm(`bl.${layer}.l2`);
    linear(`bl.${layer}.fc`, 4 * width, width);
    linear(`bl.${layer}.out`, width, 4 * width);
  }
  norm('lf');
  return { ...shapes, 'head.weight': [vocabulary, width] };
}
