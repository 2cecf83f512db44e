// How a step of a chain goes over its elements: a loop per number of inputs, compiled anew for each function, which is inlined there. A call for every
// four elements costs as much as most of the functions.

/** What a step is told of the elements that it is to compute. */
@unmanaged export class StepCall {
  result: usize; x: usize; y: usize; z: usize;
  count: i32;
  /** The step's numbers, as `Opcode` says. */
  p: f32; q: f32; unused: i32;
  /** Position of the first element in the chain's result. */
  first: f64;
}

/** y = F(x), element by element; what is left of four is taken lane by lane, with the same arithmetic. */
export function map<F>(call: StepCall): void {
  const f = changetype<F>(0);
  const p = f32x4.splat(call.p), q = f32x4.splat(call.q);
  let x = call.x, y = call.result;
  let left = call.count;
  // Two at a time: they do not wait for each other, and share what constants did not stay in registers.
  for (; left >= 8; left -= 8, x += 32, y += 32) {
    const first = f.of(v128.load(x), p, q), second = f.of(v128.load(x, 16), p, q);
    v128.store(y, first);
    v128.store(y, second, 16);
  }
  for (; left >= 4; left -= 4, x += 16, y += 16) v128.store(y, f.of(v128.load(x), p, q));
  for (; left > 0; left--, x += 4, y += 4) store<f32>(y, f32x4.extract_lane(f.of(v128.load32_zero(x), p, q), 0));
}

/** z = F(x, y) */
export function combine<F>(call: StepCall): void {
  const f = changetype<F>(0);
  let x = call.x, y = call.y, z = call.result;
  let left = call.count;
  for (; left >= 8; left -= 8, x += 32, y += 32, z += 32) {
    v128.store(z, f.of(v128.load(x), v128.load(y)));
    v128.store(z, f.of(v128.load(x, 16), v128.load(y, 16)), 16);
  }
  for (; left >= 4; left -= 4, x += 16, y += 16, z += 16) v128.store(z, f.of(v128.load(x), v128.load(y)));
  for (; left > 0; left--, x += 4, y += 4, z += 4) v128.store_lane<f32>(z, f.of(v128.load32_zero(x), v128.load32_zero(y)), 0);
}

/** y = F(x), one by one. */
export function each<F>(call: StepCall): void {
  const f = changetype<F>(0);
  let x = call.x, y = call.result;
  for (let left = call.count; left > 0; left--, x += 4, y += 4) store<f32>(y, f.of(load<f32>(x)));
}

/** z = F(x, y), one by one. */
export function eachPair<F>(call: StepCall): void {
  const f = changetype<F>(0);
  let x = call.x, y = call.y, z = call.result;
  for (let left = call.count; left > 0; left--, x += 4, y += 4, z += 4) store<f32>(z, f.of(load<f32>(x), load<f32>(y)));
}

/** Where x is not 0 y, else z. */
export function choose(call: StepCall): void {
  let condition = call.x, x = call.y, y = call.z, result = call.result;
  let left = call.count;
  const zero = f32x4.splat(0);
  for (; left >= 4; left -= 4, condition += 16, x += 16, y += 16, result += 16) {
    v128.store(result, v128.bitselect(v128.load(y), v128.load(x), f32x4.eq(v128.load(condition), zero)));
  }
  for (; left > 0; left--, condition += 4, x += 4, y += 4, result += 4) {
    store<u32>(result, load<f32>(condition) != 0 ? load<u32>(x) : load<u32>(y));
  }
}
