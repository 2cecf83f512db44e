// Layer normalization of rows, and its backward pass. With x̂ = (x − mean) · rstd and h the gradient times the weight:
// dx = rstd · (h − mean(h) − x̂ · mean(h · x̂)), and the weight's and bias's gradients are sums over rows.
import { squaresAbout, sumRun } from './reductions';
import { addedInDoubles, loadUpTo4, madd, storeUpTo4, sumDoubles, upper } from './simd';
import { barrier, shareStart, threadArea } from './threads';

@unmanaged class ForwardArguments { x: usize; weight: usize; bias: usize; y: usize; means: usize; rstds: usize; rows: i32; size: i32; eps: f32; }

export function layerNorm(address: usize, thread: i32, threads: i32): void {
  const n = changetype<ForwardArguments>(address);
  const size = n.size, sums = threadArea();
  const end = shareStart(n.rows, 1, thread + 1, threads);
  for (let row = shareStart(n.rows, 1, thread, threads); row < end; row++) {
    const x = n.x + <usize>row * size * 4, y = n.y + <usize>row * size * 4;
    const mean = <f32>(sumRun(x, size) / <f64>size);
    store<f64>(sums, 0);
    store<f64>(sums, 0, 8);
    squaresAbout(x, size, mean, sums);
    // What is missing to the mean is known better now than the mean was.
    const missing = load<f64>(sums, 8) / <f64>size;
    const rstd = 1 / Math.sqrt(load<f64>(sums) / <f64>size - missing * missing + <f64>n.eps);
    store<f32>(n.means + <usize>row * 4, <f32>(<f64>mean + missing));
    store<f32>(n.rstds + <usize>row * 4, <f32>rstd);
    const middle = f32x4.splat(mean), scale = f32x4.splat(<f32>rstd), shift = f32x4.splat(<f32>(-missing * rstd));
    let left = size, at: usize = 0;
    for (; left >= 4; left -= 4, at += 16) {
      const normalized = madd(f32x4.sub(v128.load(x + at), middle), scale, shift);
      v128.store(y + at, madd(normalized, v128.load(n.weight + at), v128.load(n.bias + at)));
    }
    if (left > 0) {
      const normalized = madd(f32x4.sub(loadUpTo4(x + at, left, 0), middle), scale, shift);
      storeUpTo4(y + at, madd(normalized, loadUpTo4(n.weight + at, left, 0), loadUpTo4(n.bias + at, left, 0)), left);
    }
  }
}

/** `scratch`: 24 bytes per element of a row and thread; `stride`: bytes from one thread's part to the next. */
@unmanaged class BackwardArguments {
  gradient: usize; x: usize; weight: usize; means: usize; rstds: usize; dx: usize; dweight: usize; dbias: usize; scratch: usize;
  rows: i32; size: i32; stride: i32;
}
/** Rows whose contributions to the weight's gradient are added in float32 before they go on in float64. */
const rowsAtOnce = 8;

export function layerNormBackward(address: usize, thread: i32, threads: i32): void {
  const n = changetype<BackwardArguments>(address);
  const size = n.size, bytes = <usize>size * 4;
  // float32 sums for the weight and the bias, then float64 ones
  const part = n.scratch + thread * n.stride;
  const doubles = part + ((2 * bytes + 7) & ~7);
  memory.fill(part, 0, doubles + 4 * bytes - part);
  const end = shareStart(n.rows, 1, thread + 1, threads);
  let since = 0;
  for (let row = shareStart(n.rows, 1, thread, threads); row < end; row++) {
    backwardRow(n, row, part, part + bytes);
    if (++since == rowsAtOnce) {
      carryOver(part, doubles, 2 * size);
      since = 0;
    }
  }
  carryOver(part, doubles, 2 * size);
  barrier(threads);
  const from = shareStart(size, 16, thread, threads), to = shareStart(size, 16, thread + 1, threads);
  for (let i = from; i < to; i++) {
    let weight = 0.0, bias = 0.0;
    for (let other = 0; other < threads; other++) {
      const sums = n.scratch + other * n.stride + ((2 * bytes + 7) & ~7);
      weight += load<f64>(sums + <usize>i * 8);
      bias += load<f64>(sums + <usize>(size + i) * 8);
    }
    store<f32>(n.dweight + <usize>i * 4, <f32>weight);
    store<f32>(n.dbias + <usize>i * 4, <f32>bias);
  }
}

/** Adds float32 sums to the float64 ones, and begins them anew. */
function carryOver(floats: usize, doubles: usize, count: i32): void {
  let left = count;
  for (; left >= 4; left -= 4, floats += 16, doubles += 32) {
    const sums = v128.load(floats);
    v128.store(doubles, f64x2.add(v128.load(doubles), f64x2.promote_low_f32x4(sums)));
    v128.store(doubles, f64x2.add(v128.load(doubles, 16), f64x2.promote_low_f32x4(upper(sums))), 16);
    v128.store(floats, f32x4.splat(0));
  }
  for (; left > 0; left--, floats += 4, doubles += 8) {
    store<f64>(doubles, load<f64>(doubles) + <f64>load<f32>(floats));
    store<f32>(floats, 0);
  }
}

function backwardRow(n: BackwardArguments, row: i32, weightSums: usize, biasSums: usize): void {
  const size = n.size, start = <usize>row * size * 4;
  const x = n.x + start, gradient = n.gradient + start, dx = n.dx + start;
  const middle = f32x4.splat(load<f32>(n.means + <usize>row * 4)), scale = f32x4.splat(load<f32>(n.rstds + <usize>row * 4));
  let sum = f64x2.splat(0), dot = f64x2.splat(0);
  let left = size, at: usize = 0;
  for (; left >= 4; left -= 4, at += 16) {
    const g = v128.load(gradient + at);
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + at), middle), scale);
    const h = f32x4.mul(g, v128.load(n.weight + at));
    sum = f64x2.add(sum, addedInDoubles(h));
    dot = f64x2.add(dot, addedInDoubles(f32x4.mul(h, normalized)));
    v128.store(weightSums + at, madd(g, normalized, v128.load(weightSums + at)));
    v128.store(biasSums + at, f32x4.add(v128.load(biasSums + at), g));
  }
  if (left > 0) {
    const g = loadUpTo4(gradient + at, left, 0);
    const normalized = f32x4.mul(f32x4.sub(loadUpTo4(x + at, left, 0), middle), scale);
    const h = f32x4.mul(g, loadUpTo4(n.weight + at, left, 0));
    // Lanes beyond the end have no gradient; what is normalized there may be infinite.
    const here = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left));
    sum = f64x2.add(sum, addedInDoubles(h));
    dot = f64x2.add(dot, addedInDoubles(v128.and(here, f32x4.mul(h, normalized))));
    storeUpTo4(weightSums + at, madd(g, normalized, loadUpTo4(weightSums + at, left, 0)), left);
    storeUpTo4(biasSums + at, f32x4.add(loadUpTo4(biasSums + at, left, 0), g), left);
  }
  const meanH = f32x4.splat(<f32>(sumDoubles(sum) / <f64>size)), slope = f32x4.splat(<f32>(-sumDoubles(dot) / <f64>size));
  left = size;
  at = 0;
  for (; left >= 4; left -= 4, at += 16) {
    const normalized = f32x4.mul(f32x4.sub(v128.load(x + at), middle), scale);
    const h = f32x4.sub(f32x4.mul(v128.load(gradient + at), v128.load(n.weight + at)), meanH);
    v128.store(dx + at, f32x4.mul(scale, madd(normalized, slope, h)));
  }
  if (left > 0) {
    const normalized = f32x4.mul(f32x4.sub(loadUpTo4(x + at, left, 0), middle), scale);
    const h = f32x4.sub(f32x4.mul(loadUpTo4(gradient + at, left, 0), loadUpTo4(n.weight + at, left, 0)), meanH);
    storeUpTo4(dx + at, f32x4.mul(scale, madd(normalized, slope, h)), left);
  }
}
