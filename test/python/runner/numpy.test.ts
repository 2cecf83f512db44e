import { itFinds, type ModelCase } from './modelCase.ts';

const numpy = 'import numpy as np\n';
const rectifier = 'def rectifier(value):\n    return value if value > 0 else 0.0\n';

const cases: readonly ModelCase[] = [
  {
    title: 'a scalar function that is vectorized is a row under its own name',
    text: `${numpy}${rectifier}relu = np.vectorize(rectifier)\npoints = np.array([-2.0, 0.0, 3.0])\nout = relu(points)\n`,
    models: 'model (file)',
    rows: ['. rectifier → float64(3)'],
    inputs: 'points float64(3) file',
  },
  {
    title: 'a vectorized function takes a list too',
    text: `${numpy}${rectifier}relu = np.vectorize(rectifier)\nprint(relu([-2, 4.5]))\n`,
    models: 'model (file)',
    rows: ['. rectifier → float64(2)'],
    inputs: 'input float64(2) file',
  },
  {
    title: 'a layer by hand has its matrix as a parameter',
    text: `${numpy}np.random.seed(1)\nX = np.random.randn(5, 3)\nW = np.random.randn(3, 2)\nb = np.zeros(2)\nhidden = np.maximum(0, X @ W + b)\n`,
    models: 'model (file)',
    rows: ['. matmul → float64(5, 2)', '. maximum → float64(5, 2)'],
    inputs: 'X float64(5, 3) file',
  },
  {
    title: 'a function of arrays that is never called is tried on numbers',
    text: `${numpy}def relu(x):\n    return np.maximum(0, x)\n`,
    models: 'relu (function)',
    rows: ['. maximum → (32, 10)'],
    inputs: 'x (32, 10) assumed',
  },
  {
    title: 'a function of one number that is never called is applied to each element',
    text: `${numpy}${rectifier}`,
    models: 'rectifier (function)',
    rows: ['. rectifier → float64(32, 10)'],
    inputs: 'value (32, 10) assumed',
  },
];

describe('the model of a NumPy file', () => {
  for (const found of cases) itFinds({ framework: 'numpy', ...found });
});
