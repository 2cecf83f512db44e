export function buildKernels(dist?: string): Promise<void>;
