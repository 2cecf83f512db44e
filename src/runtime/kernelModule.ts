// The compiled kernels that suit this V8.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { agree } from '../engine/wasm/selfCheck.ts';

export interface KernelModule {
  readonly module: WebAssembly.Module;
  /** For the log. */
  readonly description: string;
}

/**
 * The best module that this V8 compiles; undefined: it has no SIMD. `revectorize`: tries 256-bit instructions, which V8 makes of pairs of 128-bit ones behind
 * a flag, and takes them only if they compute the same.
 */
export function compileKernels(folder: string, revectorize = false): KernelModule | undefined {
  // Node 20 has it behind a flag; later ones, and so VS Code, have it anyway.
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  const module = compile(join(folder, 'kernels.relaxed.wasm'));
  if (!module) {
    const plain = compile(join(folder, 'kernels.wasm'));
    return plain && { module: plain, description: '128-bit SIMD' };
  }
  const trusted = { module, description: '128-bit SIMD with fused multiply-add' };
  return revectorize ? revectorized(folder, trusted) : trusted;
}

/** V8 12 has the flag and makes slower code of these kernels. */
const firstRevectorizingV8 = 13;

function revectorized(folder: string, trusted: KernelModule): KernelModule {
  if (parseInt(process.versions.v8, 10) < firstRevectorizingV8) {
    return { ...trusted, description: `${trusted.description}; V8 ${process.versions.v8} does not revectorize` };
  }
  // Compiled at once and for good while the flag is set, so that it touches no other module.
  const flags = ['experimental-wasm-revectorize', 'no-liftoff', 'no-wasm-lazy-compilation'];
  const undone = ['no-experimental-wasm-revectorize', 'liftoff', 'wasm-lazy-compilation'];
  for (const flag of flags) setFlagsFromString(`--${flag}`);
  let module: WebAssembly.Module | undefined;
  try {
    module = compile(join(folder, 'kernels.wide.wasm'));
  } finally {
    for (const flag of undone) setFlagsFromString(`--${flag}`);
  }
  if (!module || !agree(module, trusted.module)) {
    return { ...trusted, description: `${trusted.description}; revectorization was tried and does not compute the same here` };
  }
  return { module, description: '256-bit instructions by revectorization, checked' };
}

/** undefined: this V8 does not know all of its instructions. */
function compile(file: string): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(readFileSync(file));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined;
    throw error;
  }
}
