// The kernels that the host calls by name, each as (arguments, thread, threads).
export { attention, attentionBackward } from './attention';
export { chain } from './chain';
export { convolve, convolveByInput, convolveByWeight, flipWeight } from './convolution';
export { copyStrided } from './copying';
export { gemm } from './gemm';
export { adam, rmsprop, sgd } from './optimizer';
export { histogram, moments, units } from './statistics';
export { winograd, winogradWeight } from './winograd';
export { barrier, enterThread } from './threads';
