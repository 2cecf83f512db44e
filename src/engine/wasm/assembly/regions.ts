// Copies or adds a strided region to another one, element by element: parts of a concatenation, slices, mirrored borders.
import { copyBytes } from './copying';
import { shareStart } from './threads';

/** `rank` sizes follow, then the strides of the source and those of the target, in bytes. `isShared`: threads can share the first axis. */
@unmanaged class RegionArguments { from: usize; to: usize; size: i32; rank: i32; isShared: i32; }

@unmanaged class Copy {
  @inline get adds(): bool { return false; }
}
@unmanaged class Add {
  @inline get adds(): bool { return true; }
}

export function copyRegion(address: usize, thread: i32, threads: i32): void {
  region<Copy>(changetype<RegionArguments>(address), thread, threads);
}
/** to += from, of float32. */
export function addRegion(address: usize, thread: i32, threads: i32): void {
  region<Add>(changetype<RegionArguments>(address), thread, threads);
}

function region<F>(r: RegionArguments, thread: i32, threads: i32): void {
  const sizes = changetype<usize>(r) + offsetof<RegionArguments>();
  const fromStrides = sizes + <usize>r.rank * 4, toStrides = fromStrides + <usize>r.rank * 4;
  if (r.rank == 0) {
    if (thread == 0) elements<F>(r.size, 1, r.from, 0, r.to, 0);
    return;
  }
  const count = load<i32>(sizes);
  const start = r.isShared != 0 ? shareStart(count, 1, thread, threads) : thread == 0 ? 0 : count;
  const end = r.isShared != 0 ? shareStart(count, 1, thread + 1, threads) : count;
  if (start >= end) return;
  axis<F>(r, sizes, fromStrides, toStrides, 0, end - start, r.from + start * load<i32>(fromStrides), r.to + start * load<i32>(toStrides));
}

function axis<F>(r: RegionArguments, sizes: usize, fromStrides: usize, toStrides: usize, number: i32, count: i32, from: usize, to: usize): void {
  const at = <usize>number * 4;
  const fromStride = load<i32>(fromStrides + at), toStride = load<i32>(toStrides + at);
  if (number == r.rank - 1) {
    elements<F>(r.size, count, from, fromStride, to, toStride);
    return;
  }
  const inner = load<i32>(sizes + at, 4);
  for (let n = 0; n < count; n++, from += fromStride, to += toStride) axis<F>(r, sizes, fromStrides, toStrides, number + 1, inner, from, to);
}

function elements<F>(size: i32, count: i32, from: usize, fromStride: i32, to: usize, toStride: i32): void {
  const f = changetype<F>(0);
  if (f.adds) {
    let left = count;
    if (fromStride == 4 && toStride == 4) {
      for (; left >= 4; left -= 4, from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    }
    for (; left > 0; left--, from += fromStride, to += toStride) store<f32>(to, load<f32>(to) + load<f32>(from));
  } else if (fromStride == size && toStride == size) {
    copyBytes(to, from, count * size);
  } else if (size == 4) {
    for (let left = count; left > 0; left--, from += fromStride, to += toStride) store<u32>(to, load<u32>(from));
  } else if (size == 1) {
    for (let left = count; left > 0; left--, from += fromStride, to += toStride) store<u8>(to, load<u8>(from));
  } else {
    for (let left = count; left > 0; left--, from += fromStride, to += toStride) store<u64>(to, load<u64>(from));
  }
}
