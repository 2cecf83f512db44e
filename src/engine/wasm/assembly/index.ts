// The kernels that the host calls by name, each as (arguments, thread, threads).
export { chain, enterThread } from './chain';
export { convolve, convolveByInput, convolveByWeight, flipWeight } from './convolution';
export { copyStrided } from './copying';
export { gemm } from './gemm';
export { barrier } from './threads';
