// The kernels that the host calls by name, each as (arguments, thread, threads).
export { attention, attentionBackward } from './attention';
export { chain } from './chain';
export { convolve, convolveByInput, convolveByWeight, flipWeight } from './convolution';
export { copyStrided } from './copying';
export { argExtreme } from './extremes';
export { depthwise, depthwiseByInput, depthwiseByWeight } from './depthwise';
export { gemm } from './gemm';
export { adam, rmsprop, sgd } from './optimizer';
export {
  maximumLanesBeside, maximumRuns, minimumLanesBeside, minimumRuns, productRuns, sumLanesBeside, sumRuns, variance,
} from './reductions';
export { logSoftmax, logSumExp, softmax } from './softmax';
export { histogram, moments, units } from './statistics';
export { winograd, winogradWeight } from './winograd';
export { winogradByWeight, winogradWeightBack } from './winogradByWeight';
export { barrier, enterThread } from './threads';
