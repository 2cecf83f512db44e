import { strict as assert } from 'node:assert';
import { escapeMarkdown, hoverMarkdown } from '../../src/host/hoverText.ts';
import { histogramSvg } from '../../src/host/histogramPicture.ts';
import type { LayerReport } from '../../src/protocol/report.ts';
import { layer, model, range, statsOf } from './reports.ts';

const linear = [-2, -1, -0.5, 0.5, 1, 3, -4, 2];
const relu = linear.map((value) => Math.max(0, value));

const fc1 = layer(0, {
  path: 'fc1', summary: '784, 256', parameterCount: 200960, flops: 12845056, activationFunction: 'relu', activationLayer: 1,
  preActivation: statsOf(linear), activation: statsOf(relu), output: statsOf(linear), gradient: statsOf([3, 4]),
  units: { count: 256, inactive: 3, dormant: 5, saturatedFraction: 0, firing: [] },
});

function hover(...layers: LayerReport[]): string {
  const net = model('Net', layers);
  return hoverMarkdown(layers.map((each) => ({ model: net, layer: each, range: range(1, 0, 1) })), 'file:///models/net.py', 7);
}

describe('the text of a hover', () => {
  const text = hover(fc1);
  it('names the path, the type with its arguments and the function applied after it', () => assert.match(text, /^\*\*fc1\*\* `Linear\(784, 256\)` → relu/));
  it('gives shapes, parameters and operations', () => assert.match(text, /`\(32, 784\) → \(32, 256\)` · 200,960 parameters · 12\.8 MFLOPs/));
  it('gives mean, deviation, range and zeros before and after the function', () => {
    assert.match(text, /\| pre-activation&emsp;\| −0\.13 ± 2\.10&emsp;\| −4 … 3&emsp;\| 0 %&emsp;\|/);
    assert.match(text, /\| activation&emsp;\| 0\.81 ± 1\.06&emsp;\| 0 … 3&emsp;\| 50\.0 %&emsp;\|/);
  });
  it('gives inactive units and the gradient\'s norm', () => assert.match(text, /3 of 256 units inactive · gradient norm 5/));

  it('has no inactive units of a function that has none', () => {
    assert.match(hover({ ...fc1, activationFunction: 'tanh', units: { ...fc1.units!, inactive: null } }), /\n\ngradient norm 5/);
  });

  it('says how many values, which seed, and that the input is made up', () => assert.match(text, /N = 8 values · seed 7 · made-up input/));
  it('links to the panel with the document, the model and the layer', () => {
    const query = /\(command:activationLens\.showLayer\?([^)]+)\)/.exec(text)![1]!;
    assert.deepEqual(JSON.parse(decodeURIComponent(query)), [{ uri: 'file:///models/net.py', model: 'Net', layer: 0 }]);
  });
  it('names the other layers that the same place makes', () => {
    const others = Array.from({ length: 9 }, (_, index) => layer(index + 1, { path: `blocks.${index}` }));
    assert.match(hover(fc1, ...others), /!\[histogram\]\([^\n]*\n\nAlso here: `blocks\.0`, .*`blocks\.5` and 3 more$/, 'below the picture, which must be seen without scrolling');
  });
  it('gives the failure of a call in the framework\'s words', () => {
    const failed = hover(layer(0, { outputShape: null, failure: 'mat1 and mat2 shapes cannot be multiplied (32x784 and 780x256)' }));
    assert.match(failed, /\*\*mat1 and mat2 shapes cannot be multiplied \\\(32x784 and 780x256\\\)\*\*/);
    assert.match(failed, /`\(32, 784\) → \?`/);
    assert.doesNotMatch(failed, /N = /);
  });
  it('shows text of the file as text, not as markup', () => {
    assert.equal(escapeMarkdown('<img src=x> [a](b) `c` **d**\n| e'), '&lt;img src=x\\> \\[a\\]\\(b\\) \\`c\\` \\*\\*d\\*\\* \\| e');
    const nasty = hover(layer(0, { path: '[x](command:evil)', type: 'a`b', summary: '' }));
    assert.doesNotMatch(nasty, /(?<!\\)\]\(command:evil/);
    assert.match(nasty, /`` a`b ``/);
  });
});

describe('the picture of a histogram', () => {
  const decode = (text: string) => Buffer.from(/base64,([^|]+)\|/.exec(text)![1]!, 'base64').toString();
  it('has the pre-activation behind the activation and the zeros apart', () => {
    const svg = decode(hover(fc1));
    const behind = svg.indexOf('fill-opacity="0.35"');
    const front = svg.indexOf('fill-opacity="0.75"');
    assert.ok(behind > 0 && front > behind, 'the area comes first, the bars over it');
    const spike = /<rect x="([\d.]+)" y="[\d.]+" width="4" height="([\d.]+)"/.exec(svg)!;
    assert.ok(Math.abs(Number(spike[1]) + 2 - (4 / 7) * 300) < 0.2, 'the spike stands at zero of the axis from −4 to 3');
    assert.equal(Number(spike[2]), 26, 'half of the values are zero: half of the 52 pixels');
  });
  it('is drawn for a constant, for all zeros and for one tensor alone', () => {
    for (const values of [[2, 2, 2], [0, 0], [1, 2, 3]]) {
      const svg = histogramSvg(statsOf(values), null);
      assert.match(svg, /<rect|<path d="M[\d.]+ /);
      assert.doesNotMatch(svg, /NaN|Infinity/);
    }
  });
  it('is left out where no value is finite', () => {
    const none = { ...statsOf([1]), nan: 1, histogram: { min: NaN, max: NaN, counts: new Array<number>(64).fill(0) } };
    assert.equal(histogramSvg(none, null), '');
    assert.doesNotMatch(hover(layer(0, { output: none })), /!\[/);
  });
});
