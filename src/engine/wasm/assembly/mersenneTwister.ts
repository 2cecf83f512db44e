// MT19937 (Matsumoto and Nishimura 1998), four outputs at a time: engine/mersenneTwister.ts defines it. Its outputs follow from each other, so that one
// thread draws them all.
import { stateWords } from './limits';

const size: usize = stateWords;
const middle: usize = 397;

/** `state`: `size` words, moved on; `next`: the first of them that is an output, `size`: none of this round. `y`: `count` words. */
@unmanaged class OutputArguments { state: usize; next: i32; y: usize; count: i32; }

/** (arguments, thread, threads), for one thread: the generator's next outputs. */
export function randomOutputs(address: usize, thread: i32, threads: i32): void {
  const o = changetype<OutputArguments>(address);
  let next = o.next, left = o.count, y = o.y;
  while (left > 0) {
    if (next == <i32>size) {
      twist(o.state);
      next = 0;
    }
    const here = min(<i32>size - next, left);
    temper(o.state + <usize>next * 4, y, here);
    next += here;
    left -= here;
    y += <usize>here * 4;
  }
}

function twist(state: usize): void {
  let i: usize = 0;
  // Each four read the next word as it was: they are written after it was read.
  for (; i + 4 <= size - middle; i += 4) twistFour(state + i * 4, state + (i + middle) * 4);
  for (; i < size - middle; i++) twistOne(state + i * 4, state + (i + 1) * 4, state + (i + middle) * 4);
  for (; i + 4 < size; i += 4) twistFour(state + i * 4, state + (i + middle - size) * 4);
  for (; i < size - 1; i++) twistOne(state + i * 4, state + (i + 1) * 4, state + (i + middle - size) * 4);
  twistOne(state + (size - 1) * 4, state, state + (middle - 1) * 4);
}

@inline function twistFour(at: usize, far: usize): void {
  const own = v128.load(at), following = v128.load(at, 4);
  const mixed = v128.or(v128.and(own, i32x4.splat(0x80000000)), v128.and(following, i32x4.splat(0x7fffffff)));
  const odd = i32x4.neg(v128.and(following, i32x4.splat(1)));
  const twisted = v128.xor(i32x4.shr_u(mixed, 1), v128.and(odd, i32x4.splat(0x9908b0df)));
  v128.store(at, v128.xor(v128.load(far), twisted));
}

@inline function twistOne(at: usize, following: usize, far: usize): void {
  const lower = load<u32>(following);
  const mixed = (load<u32>(at) & 0x80000000) | (lower & 0x7fffffff);
  store<u32>(at, load<u32>(far) ^ (mixed >> 1) ^ (-(lower & 1) & 0x9908b0df));
}

function temper(words: usize, y: usize, count: i32): void {
  for (; count >= 4; count -= 4, words += 16, y += 16) v128.store(y, tempered(v128.load(words)));
  for (; count > 0; count--, words += 4, y += 4) v128.store_lane<u32>(y, tempered(v128.load32_zero(words)), 0);
}

@inline function tempered(word: v128): v128 {
  let y = v128.xor(word, i32x4.shr_u(word, 11));
  y = v128.xor(y, v128.and(i32x4.shl(y, 7), i32x4.splat(0x9d2c5680)));
  y = v128.xor(y, v128.and(i32x4.shl(y, 15), i32x4.splat(0xefc60000)));
  return v128.xor(y, i32x4.shr_u(y, 18));
}
