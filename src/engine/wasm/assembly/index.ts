// The kernels that the host calls by name, each as (arguments, thread, threads).
export { attention, attentionBackward } from './attention';
export { band } from './band';
export { batchNorm, batchNormBackward } from './batchNorm';
export { chain } from './chain';
export { convolve, convolveByInput, convolveByWeight, flipWeight } from './convolution';
export { copyStrided } from './copying';
export { argExtreme } from './extremes';
export { depthwise, depthwiseByInput, depthwiseByWeight } from './depthwise';
export { fourier } from './fourier';
export { gemm } from './gemm';
export {
  addBlocks, gatherElements, indexOffsets, putBlocks, scatterAddElements, scatterElements, scatterMaximumElements, scatterMinimumElements, takeBlocks,
} from './indexing';
export { anyOrAll, sumBools, sumIntegers } from './integerReductions';
export { layerNorm, layerNormBackward } from './layerNorm';
export { logCumSumExp, logCumSumExpBackward } from './logCumSumExp';
export { randomOutputs } from './mersenneTwister';
export { normalBlocks } from './normalNumbers';
export { adam, rmsprop, sgd } from './optimizer';
export { averagePool, averagePoolBackward, maxPool, maxPoolBackward } from './pooling';
export {
  maximumLanesBeside, maximumRuns, minimumLanesBeside, minimumRuns, productRuns, sumLanesBeside, sumRuns, variance,
} from './reductions';
export { addRegion, copyRegion } from './regions';
export { resampleAxis } from './resampling';
export { runningExtreme } from './runningExtremes';
export { scan, scanIntegers } from './scans';
export { searchSorted } from './searching';
export { logSoftmax, logSumExp, softmax } from './softmax';
export { sort } from './sorting';
export { histogram, moments } from './statistics';
export { bernoulli, uniformNumbers } from './uniformNumbers';
export { units } from './unitActivity';
export { winograd, winogradWeight } from './winograd';
export { winogradByWeight, winogradWeightBack } from './winogradByWeight';
export { abort, barrier, enterThread } from './threads';
