// How many elements of a sorted row are below each value, or not above it: by halving the row.
import { shareStart } from './threads';

/** `rowValues`: values that are looked for in one sorted row of `size` elements. */
@unmanaged class SearchArguments { sorted: usize; values: usize; places: usize; size: i32; count: i32; rowValues: i32; isRight: i32; isInteger: i32; }

export function searchSorted(address: usize, thread: i32, threads: i32): void {
  const s = changetype<SearchArguments>(address);
  if (s.isInteger != 0) search<i32>(s, thread, threads);
  else search<f32>(s, thread, threads);
}

/** NaN is the largest number. */
@inline function isBelow<T>(x: T, y: T): bool {
  return x < y || (x == x && y != y);
}

function search<T>(s: SearchArguments, thread: i32, threads: i32): void {
  const end = shareStart(s.count, 1, thread + 1, threads);
  for (let n = shareStart(s.count, 1, thread, threads); n < end; n++) {
    const row = s.sorted + <usize>(n / s.rowValues) * s.size * 4;
    const value = load<T>(s.values + <usize>n * 4);
    let low = 0, high = s.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const element = load<T>(row + <usize>middle * 4);
      if (s.isRight != 0 ? !isBelow<T>(value, element) : isBelow<T>(element, value)) low = middle + 1;
      else high = middle;
    }
    store<i32>(s.places + <usize>n * 4, low);
  }
}
