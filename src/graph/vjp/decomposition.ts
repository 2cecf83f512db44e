// Derivatives of decompositions and solutions of matrices, and of Fourier transforms. Each is written with ops, so that it can be
// differentiated again. g with a name is the gradient with respect to the output of that name.
import {
  add, cat, div, emit, eq, expand, eye, full, matmul, mul, reshape, scatter, slice, square, sub, sum, transpose, tril, triu, where, zerosLike, type Term,
} from '../emitter.ts';
import { check } from '../opError.ts';
import type { VjpRule, VjpRules } from './vjpRule.ts';

const solve = (a: Term, b: Term) => emit('solve', [a, b], {});
const triangularSolve = (a: Term, b: Term, upper: boolean, unitriangular = false) =>
  emit('triangular_solve', [a, b], { upper, unitriangular });
const inverseTransposed = (x: Term) => transpose(emit('inverse', [x], {}));
/** One number per matrix, over its rows and columns. */
const perMatrix = (x: Term) => reshape(x, [...x.shape, 1, 1]);
/** The unit matrix in place of those matrices that have no inverse. */
const unitWhere = (isSingular: Term, x: Term) => where(perMatrix(isSingular), eye(x, x.shape.at(-1)!), x);
const asRow = (x: Term) => reshape(x, [...x.shape.slice(0, -1), 1, x.shape.at(-1)!]);
const asColumn = (x: Term) => reshape(x, [...x.shape, 1]);
/** Values as the diagonal of a matrix. */
const diagonal = (x: Term) => mul(asColumn(x), eye(x, x.shape.at(-1)!));
const sumOf = (terms: readonly (Term | null)[]): Term | null =>
  terms.reduce((total, term) => (total === null ? term : term === null ? total : add(total, term)), null);
/** The upper triangle of x with half the diagonal, and its mirror image. */
const upperMirrored = (x: Term) => add(triu(x), transpose(emit('triu', [x], { diagonal: 1 })));

/** 1 / (vⱼ − vᵢ) beside the diagonal; the diagonal itself is 0. */
function reciprocalGaps(values: Term): Term {
  const unit = eye(values, values.shape.at(-1)!);
  const gaps = sub(asRow(values), asColumn(values));
  return div(sub(full(values, [], 1), unit), add(gaps, unit));
}

/** X = A⁻¹ B: dB = A⁻ᵀ g, dA = −dB Xᵀ */
const solution: VjpRule<'solve'> = ({ g, inputs: [a], y }) => {
  const forB = () => solve(transpose(a), g);
  return [() => emit('neg', [matmul(forB(), transpose(y))], {}), forB];
};

export const decompositionVjps = {
  // S = L⁻ᵀ Φ(Lᵀ g) L⁻¹, where Φ takes the lower triangle with half the diagonal: dA = (S + Sᵀ) / 2
  cholesky: ({ g, y: l }) => [() => {
    const upper = transpose(l);
    const product = matmul(upper, g);
    const phi = sub(tril(product), mul(mul(product, eye(product, product.shape.at(-1)!)), 0.5));
    const left = triangularSolve(upper, phi, true);
    const s = transpose(triangularSolve(upper, transpose(left), true));
    return mul(add(s, transpose(s)), 0.5);
  }],
  triangular_solve: ({ g, inputs: [a], y, attributes: { upper, unitriangular } }) => {
    const forB = () => triangularSolve(transpose(a), g, !upper, unitriangular);
    return [
      () => {
        const whole = emit('neg', [matmul(forB(), transpose(y))], {});
        const diagonalOut = unitriangular ? 1 : 0;
        return upper ? emit('triu', [whole], { diagonal: diagonalOut }) : emit('tril', [whole], { diagonal: -diagonalOut });
      },
      forB,
    ];
  },
  solve: solution,
  // dA = −A⁻ᵀ g A⁻ᵀ
  inverse: ({ g, y }) => [() => emit('neg', [matmul(matmul(transpose(y), g), transpose(y))], {})],
  // dA = g det(A) A⁻ᵀ; of a singular matrix 0, as in PyTorch
  det: ({ g, inputs: [x], y }) => [() => mul(perMatrix(mul(g, y)), inverseTransposed(unitWhere(eq(y, 0), x)))],
  // y is the logarithm: dA = g A⁻ᵀ; of a singular matrix, where y is −∞, nothing finite (y − y)
  slogdet: ({ g, inputs: [x], y }) => [() => (
    mul(perMatrix(add(g, sub(y, y))), inverseTransposed(unitWhere(emit('isinf', [y], {}), x)))
  )],
  // dA = (gQ + Q mirrored(triu(gR Rᵀ − Qᵀ gQ))) R⁻ᵀ. Of a wide matrix A = [A₁ A₂], R = [R₁ R₂] the second part is
  // R₂ = Qᵀ A₂, through which Q gets A₂ gR₂ᵀ and A₂ gets Q gR₂.
  qr: ({ gradients: [gQ, gR], inputs: [x], outputs: [q, r], attributes: { complete } }) => [() => {
    const [m, n] = x.shape.slice(-2) as [number, number];
    check(!complete || m <= n, () => 'The QR decomposition is not differentiable when mode=\'complete\' and nrows > ncols');
    const axis = x.shape.length - 1;
    const part = (of: Term, start: number, end: number) => emit('slice', [of], { dim: axis, start, end, step: 1 });
    const first = (of: Term | null) => of && (n > m ? part(of, 0, m) : of);
    const wide = gR !== null && n > m ? part(gR, m, n) : null;
    const forQ = sumOf([gQ, wide && matmul(part(x, m, n), transpose(wide))]);
    const r1 = first(r)!;
    const inner = sumOf([
      gR && matmul(first(gR)!, transpose(r1)), forQ && emit('neg', [matmul(transpose(q), forQ)], {}),
    ])!;
    // the diagonal counts once: upperMirrored has it from the one triangle only
    const total = sumOf([forQ, matmul(q, upperMirrored(inner))])!;
    const left1 = transpose(triangularSolve(r1, transpose(total), true));
    if (n <= m) return left1;
    const right1 = wide === null ? full(x, [...x.shape.slice(0, -1), n - m], 0) : matmul(q, wide);
    return emit('cat', [left1, right1], { dim: axis });
  }],
  // A = P L U with L and U packed in y: dA = P L⁻ᵀ (tril(Lᵀ gL, −1) + triu(gU Uᵀ)) U⁻ᵀ. Of a wide matrix U = [U₁ U₂]: what is in tril less gU₂ U₂ᵀ, and
  // dA₂ = P L⁻ᵀ gU₂; of a tall one L = [L₁; L₂]: what is in triu less L₂ᵀ gL₂, and dA₂ = P gL₂ U⁻ᵀ.
  lu: ({ g, inputs: [x], outputs: [packed, , order] }) => [() => {
    const [m, n] = x.shape.slice(-2) as [number, number];
    const k = Math.min(m, n);
    const [rows, columns] = [x.shape.length - 2, x.shape.length - 1];
    const block = (of: Term, dim: number, isFirst: boolean) => slice(of, dim, isFirst ? 0 : k, isFirst ? k : of.shape[dim]);
    const leading = (of: Term) => block(block(of, rows, true), columns, true);
    const [y, gY] = [leading(packed), leading(g)];
    const below = (of: Term) => emit('tril', [of], { diagonal: -1 });
    let forL = matmul(transpose(add(below(y), eye(y, k))), below(gY));
    let forU = matmul(triu(gY), transpose(triu(y)));
    if (n > m) forL = sub(forL, matmul(block(g, columns, false), transpose(block(packed, columns, false))));
    if (m > n) forU = sub(forU, matmul(transpose(block(packed, rows, false)), block(g, rows, false)));
    const byL = (of: Term) => triangularSolve(transpose(y), of, true, true);
    const byU = (of: Term) => transpose(triangularSolve(y, transpose(of), true));
    let exchanged = byU(byL(add(below(forL), triu(forU))));
    if (n > m) exchanged = cat([exchanged, byL(block(g, columns, false))], columns);
    if (m > n) exchanged = cat([exchanged, byU(block(g, rows, false))], rows);
    return scatter(zerosLike(x), expand(asColumn(order), x.shape), exchanged, rows);
  }],
  // A = V Λ Vᵀ: dA = the symmetric part of V (diag(gΛ) + (Vᵀ gV) / (λⱼ − λᵢ)) Vᵀ
  eigh: ({ gradients: [gValues, gVectors], outputs: [values, vectors] }) => [() => {
    const inner = sumOf([
      gValues && diagonal(gValues),
      gVectors && mul(matmul(transpose(vectors), gVectors), reciprocalGaps(values)),
    ])!;
    const whole = matmul(matmul(vectors, inner), transpose(vectors));
    return mul(add(whole, transpose(whole)), 0.5);
  }],
  // A = V Λ V⁻¹, complex: dA = V⁻ᴴ (diag(gΛ) + (Vᴴ gV − Vᴴ V diag(Re Vᴴ gV)) / conj(λⱼ − λᵢ)) Vᴴ; of orthogonal V its Hermitian part. Complex
  // matrices are multiplied and solved as real ones of twice the size.
  eig: ({ gradients: [gValues, gVectors], outputs: [values, vectors], attributes: { hermitian } }) => [() => {
    const [rows, columns] = [vectors.shape.length - 3, vectors.shape.length - 2];
    const n = vectors.shape[rows];
    const part = (of: Term, at: number) => reshape(slice(of, of.shape.length - 1, at, at + 1), of.shape.slice(0, -1));
    const stacked = (re: Term, im: Term) => cat([re, im], rows);
    const pair = (of: Term) => stacked(part(of, 0), part(of, 1));
    const upper = (of: Term) => slice(of, rows, 0, n);
    const lower = (of: Term) => slice(of, rows, n, 2 * n);
    const whole = (of: Term) => cat([of, stacked(emit('neg', [lower(of)], {}), upper(of))], columns);
    const v = whole(pair(vectors));
    const unit = eye(v, n);
    let inner: Term | null = null;
    if (gVectors) {
      const products = matmul(transpose(v), pair(gVectors));
      const along = sum(mul(upper(products), unit), [rows], true);
      const free = hermitian ? products : sub(products, mul(matmul(transpose(v), pair(vectors)), along));
      const [re, im] = [0, 1].map((at) => sub(asRow(part(values, at)), asColumn(part(values, at))));
      const scale = div(sub(full(v, [], 1), unit), add(add(square(re), square(im)), unit));
      inner = stacked(
        mul(sub(mul(upper(free), re), mul(lower(free), im)), scale), mul(add(mul(upper(free), im), mul(lower(free), re)), scale));
    }
    const onDiagonal = gValues && stacked(diagonal(part(gValues, 0)), diagonal(part(gValues, 1)));
    const right = matmul(whole(sumOf([onDiagonal, inner])!), slice(transpose(v), columns, 0, n));
    const result = hermitian ? matmul(v, right) : solve(transpose(v), right);
    const [re, im] = [upper(result), lower(result)];
    const [realPart, imaginaryPart] = hermitian ? [mul(add(re, transpose(re)), 0.5), mul(sub(im, transpose(im)), 0.5)] : [re, im];
    return cat([asColumn(realPart), asColumn(imaginaryPart)], vectors.shape.length - 1);
  }],
  // With E = σⱼ² − σᵢ² and skew(X) = X − Xᵀ: dA = U (skew(Uᵀ gU)/E Σ + Σ skew(Vᵀ gV)/E + diag(gΣ)) Vᵀ, and for what is not in the
  // span of U or V, (I − U Uᵀ) gU Σ⁻¹ Vᵀ and U Σ⁻¹ gVᵀ (I − V Vᵀ)
  svd: ({ gradients: [gU, gS, gVt], inputs: [x], outputs: [u, s, vt] }) => [() => {
    const [m, n] = x.shape.slice(-2) as [number, number];
    const k = s.shape.at(-1)!;
    const skew = (term: Term) => sub(term, transpose(term));
    const gaps = gU || gVt ? reciprocalGaps(square(s)) : null;
    const inner = sumOf([
      gS && diagonal(gS),
      gU && mul(mul(skew(matmul(transpose(u), gU)), gaps!), asRow(s)),
      gVt && mul(asColumn(s), mul(skew(matmul(vt, transpose(gVt))), gaps!)),
    ])!;
    let left = matmul(u, inner);
    if (gU && m > k) {
      const scaled = div(gU, asRow(s));
      left = add(left, sub(scaled, matmul(u, matmul(transpose(u), scaled))));
    }
    const result = matmul(left, vt);
    if (!gVt || n === k) return result;
    const scaled = div(gVt, asColumn(s));
    return add(result, matmul(u, sub(scaled, matmul(matmul(scaled, transpose(vt)), vt))));
  }],
  // The adjoint of a sum over exp(∓i…) is the sum over exp(±i…)
  fft: ({ g, attributes }) => [() => emit('fft', [g], { ...attributes, inverse: !attributes.inverse })],
} satisfies Partial<VjpRules>;
