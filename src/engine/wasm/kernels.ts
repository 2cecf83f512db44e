/// <reference path="./webAssembly.d.ts" />
// The compiled kernels: their names, and how a module of them is made. Each is called as (address of its arguments, thread, threads).
import { reservedBytes, threadAreaBytes } from './assembly/limits.ts';

export const kernelNames = [
  'adam',
  'addBlocks',
  'addRegion',
  'anyOrAll',
  'argExtreme',
  'attention',
  'attentionBackward',
  'averagePool',
  'averagePoolBackward',
  'band',
  'batchNorm',
  'batchNormBackward',
  'bernoulli',
  'chain',
  'convolve',
  'convolveByInput',
  'convolveByWeight',
  'copyRegion',
  'copyStrided',
  'depthwise',
  'depthwiseByInput',
  'depthwiseByWeight',
  'flipWeight',
  'fourier',
  'gatherElements',
  'gemm',
  'histogram',
  'indexOffsets',
  'layerNorm',
  'layerNormBackward',
  'logCumSumExp',
  'logCumSumExpBackward',
  'logSoftmax',
  'logSumExp',
  'maxPool',
  'maxPoolBackward',
  'maximumLanesBeside',
  'maximumRuns',
  'minimumLanesBeside',
  'minimumRuns',
  'moments',
  'normalBlocks',
  'productRuns',
  'putBlocks',
  'randomOutputs',
  'resampleAxis',
  'rmsprop',
  'runningExtreme',
  'scan',
  'scanIntegers',
  'scatterAddElements',
  'scatterElements',
  'scatterMaximumElements',
  'scatterMinimumElements',
  'searchSorted',
  'sgd',
  'softmax',
  'sort',
  'sumBools',
  'sumIntegers',
  'sumLanesBeside',
  'sumRuns',
  'takeBlocks',
  'uniformNumbers',
  'units',
  'variance',
  'winograd',
  'winogradByWeight',
  'winogradWeight',
  'winogradWeightBack',
] as const;
export type KernelName = (typeof kernelNames)[number];

export type Kernel = (address: number, thread: number, threads: number) => void;

export interface KernelExports extends Readonly<Record<KernelName, Kernel>> {
  /** Tells the instance of a thread where its own scratch lies. */
  enterThread(area: number): void;
  /** Tells the other threads that this one has failed. */
  abort(): void;
  /** Returns when all threads have called it; traps where one has failed. */
  barrier(threads: number): void;
}

export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
}

/** Where the own scratch of a thread begins; that of one past the last is where the memory for programs does. */
export const threadArea = (thread: number): number => reservedBytes + thread * threadAreaBytes;
