// Copies what lies under any strides to where its elements lie one after the other. A transposed matrix goes by blocks, so that each cache
// line is read and written once.
import { shareStart } from './threads';

/** Strides are of the source, in bytes; `rank` sizes follow, then as many strides. The axes cannot be merged further. */
@unmanaged class CopyArguments { from: usize; to: usize; size: i32; rank: i32; }

const blockElements = 16;

/** (arguments, thread, threads): shares are of the first axis. */
export function copyStrided(address: usize, thread: i32, threads: i32): void {
  const copy = changetype<CopyArguments>(address);
  const sizes = address + offsetof<CopyArguments>();
  const strides = sizes + <usize>copy.rank * 4;
  if (copy.rank == 0) {
    copyElement(copy.from, copy.to, copy.size);
    return;
  }
  let each = copy.size;
  for (let axis = 1; axis < copy.rank; axis++) each *= at(sizes, axis);
  const end = shareStart(at(sizes, 0), 1, thread + 1, threads), start = shareStart(at(sizes, 0), 1, thread, threads);
  if (start >= end) return;
  copyAxis(copy.size, copy.rank, sizes, strides, 0, end - start, copy.from + start * at(strides, 0), copy.to + start * each);
}

@inline function at(list: usize, index: i32): i32 {
  return load<i32>(list + <usize>index * 4);
}

@inline function copyElement(from: usize, to: usize, size: i32): void {
  if (size == 4) store<u32>(to, load<u32>(from));
  else if (size == 1) store<u8>(to, load<u8>(from));
  else store<u64>(to, load<u64>(from));
}

/** Copies `count` of the places along `axis`, each with all axes behind it; returns where the next goes. */
function copyAxis(size: i32, rank: i32, sizes: usize, strides: usize, axis: i32, count: i32, from: usize, to: usize): usize {
  const stride = at(strides, axis);
  if (axis == rank - 1) {
    copyRow(size, count, from, stride, to);
    return to + count * size;
  }
  if (axis == rank - 2 && size == 4 && stride == 4 && at(strides, axis + 1) != 4) {
    transpose(count, at(sizes, axis + 1), from, at(strides, axis + 1), to);
    return to + count * at(sizes, axis + 1) * 4;
  }
  for (let n = 0; n < count; n++) to = copyAxis(size, rank, sizes, strides, axis + 1, at(sizes, axis + 1), from + n * stride, to);
  return to;
}

function copyRow(size: i32, count: i32, from: usize, stride: i32, to: usize): void {
  if (stride == size) {
    memory.copy(to, from, count * size);
  } else if (size == 4) {
    if (stride == 0) {
      const value = v128.load32_splat(from);
      let n = 0;
      for (; n + 4 <= count; n += 4) v128.store(to + <usize>n * 4, value);
      for (; n < count; n++) store<u32>(to + <usize>n * 4, load<u32>(from));
    } else {
      for (let n = 0; n < count; n++) store<u32>(to + <usize>n * 4, load<u32>(from + n * stride));
    }
  } else {
    for (let n = 0; n < count; n++) copyElement(from + n * stride, to + n * size, size);
  }
}

/** to[i][j] = from[j][i]: rows of the result lie side by side in the source, `stride` bytes from column to column. */
function transpose(rows: i32, columns: i32, from: usize, stride: i32, to: usize): void {
  for (let j0 = 0; j0 < columns; j0 += blockElements) {
    const j1 = min(j0 + blockElements, columns);
    for (let i0 = 0; i0 < rows; i0 += blockElements) {
      const i1 = min(i0 + blockElements, rows);
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) store<u32>(to + <usize>(i * columns + j) * 4, load<u32>(from + <usize>i * 4 + j * stride));
      }
    }
  }
}

/** Ranges that do not overlap. A call of memory.copy takes longer than a few vectors do. */
export function copyBytes(to: usize, from: usize, bytes: i32): void {
  if (bytes > 1024) {
    memory.copy(to, from, bytes);
    return;
  }
  let left = bytes;
  for (; left >= 16; left -= 16, from += 16, to += 16) v128.store(to, v128.load(from));
  for (; left >= 4; left -= 4, from += 4, to += 4) store<u32>(to, load<u32>(from));
  for (; left > 0; left--, from++, to++) store<u8>(to, load<u8>(from));
}
