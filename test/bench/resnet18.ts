// ResNet-18 (He et al., 2015) as torchvision writes it, over whatever a value is: a recorded graph, an ONNX model, tfjs tensors.
// Parameters go by torchvision's state-dict names.

export interface ResnetOps<V> {
  /** Square kernel, no bias; `name` without `.weight`. */
  convolution(x: V, name: string, stride: number, padding: number): V;
  /** By the running statistics (evaluation). */
  batchNorm(x: V, name: string): V;
  relu(x: V): V;
  add(x: V, y: V): V;
  /** 3×3, stride 2, padding 1 */
  maxPool(x: V): V;
  /** Mean over space, then the classes: `fc`. */
  classify(x: V): V;
}

const stages: readonly (readonly [channels: number, stride: number])[] = [[64, 1], [128, 2], [256, 2], [512, 2]];
const blocks = 2;
export const resnetEpsilon = 1e-5;

export function resnet18<V>(ops: ResnetOps<V>, image: V): V {
  let x = ops.maxPool(ops.relu(ops.batchNorm(ops.convolution(image, 'conv1', 2, 3), 'bn1')));
  stages.forEach(([, stageStride], stage) => {
    for (let block = 0; block < blocks; block += 1) {
      const path = `layer${stage + 1}.${block}`;
      const stride = block === 0 ? stageStride : 1;
      const inner = ops.relu(ops.batchNorm(ops.convolution(x, `${path}.conv1`, stride, 1), `${path}.bn1`));
      const outer = ops.batchNorm(ops.convolution(inner, `${path}.conv2`, 1, 1), `${path}.bn2`);
      const shortcut = stride === 1 ? x : ops.batchNorm(ops.convolution(x, `${path}.downsample.0`, stride, 0), `${path}.downsample.1`);
      x = ops.relu(ops.add(outer, shortcut));
    }
  });
  return ops.classify(x);
}

/** Shape by state-dict name, `num_batches_tracked` aside. */
export function resnet18Shapes(): Record<string, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  const convolution = (name: string, outputs: number, inputs: number, kernel: number, norm: string) => {
    shapes[`${name}.weight`] = [outputs, inputs, kernel, kernel];
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) shapes[`${norm}.${part}`] = [outputs];
  };
  convolution('conv1', 64, 3, 7, 'bn1');
  let inputs = 64;
  stages.forEach(([channels, stride], stage) => {
    for (let block = 0; block < blocks; block += 1) {
      const path = `layer${stage + 1}.${block}`;
      convolution(`${path}.conv1`, channels, inputs, 3, `${path}.bn1`);
      convolution(`${path}.conv2`, channels, channels, 3, `${path}.bn2`);
      if (block === 0 && stride !== 1) convolution(`${path}.downsample.0`, channels, inputs, 1, `${path}.downsample.1`);
      inputs = channels;
    }
  });
  return { ...shapes, 'fc.weight': [1000, inputs], 'fc.bias': [1000] };
}
