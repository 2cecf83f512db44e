// A small matrix in float64, for decompositions.

/** Row-major. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function dense(rows: number, columns: number, data = new Float64Array(rows * columns)): Dense {
  return { rows, columns, data };
}
export function transposed({ rows, columns, data }: Dense): Dense {
  const result = dense(columns, rows);
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) result.data[j * rows + i] = data[i * columns + j];
  return result;
}
export function identity(n: number): Dense {
  const result = dense(n, n);
  for (let i = 0; i < n; i += 1) result.data[i * n + i] = 1;
  return result;
}
/** The symmetric matrix that has this triangle. */
export function ofTriangle({ rows: n, data }: Dense, isUpper: boolean): Dense {
  return dense(n, n, data.map((value, at) => {
    const [row, column] = [Math.floor(at / n), at % n];
    return isUpper === row <= column ? value : data[column * n + row];
  }));
}
