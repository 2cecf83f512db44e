// One square per unit of a layer, the fuller the larger its share of values that fired; a unit that never fired is outlined.
import { formatPercent } from '../../src/protocol/figures.ts';
import type { UnitReport } from '../../src/protocol/report.ts';
import { formatCount } from '../../src/protocol/amounts.ts';
import { h } from '../dom.ts';
import type { Theme } from '../theme.ts';
import { startDrawing } from './canvas.ts';

const cell = 10;
const gap = 2;

export class UnitStrip {
  readonly element: HTMLCanvasElement;
  #columns = 1;
  #firing: readonly number[] = [];

  constructor() {
    this.element = h('canvas', { class: 'unit-strip', role: 'img' });
    this.element.addEventListener('pointermove', (event) => {
      const column = Math.floor(event.offsetX / (cell + gap));
      const unit = Math.floor(event.offsetY / (cell + gap)) * this.#columns + column;
      const share = column < this.#columns ? this.#firing[unit] : undefined;
      this.element.title = share === undefined ? '' : `unit ${unit}: ${share === 0 ? 'never fired' : `fired for ${formatPercent(share)} of its values`}`;
    });
  }

  /** Draws into a box `width` CSS pixels wide, as high as the units need. */
  draw(units: UnitReport, width: number, { colors }: Theme): void {
    this.#firing = units.firing;
    this.#columns = Math.max(1, Math.floor((width + gap) / (cell + gap)));
    const height = Math.max(1, Math.ceil(units.firing.length / this.#columns)) * (cell + gap) - gap;
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
    const silent = units.firing.filter((share) => share === 0).length;
    this.element.setAttribute('aria-label', `${formatCount(silent)} of ${formatCount(units.firing.length)} units fired on none of the samples`);
    const drawing = startDrawing(this.element, width, height);
    if (!drawing) return;
    const { context } = drawing;
    units.firing.forEach((share, unit) => {
      const x = (unit % this.#columns) * (cell + gap);
      const y = Math.floor(unit / this.#columns) * (cell + gap);
      if (share === 0) {
        context.strokeStyle = colors.red;
        context.lineWidth = 1.5;
        context.strokeRect(x + 0.75, y + 0.75, cell - 1.5, cell - 1.5);
        return;
      }
      context.fillStyle = colors.track;
      context.fillRect(x, y, cell, cell);
      context.fillStyle = Number.isFinite(share) ? colors.blue : colors.red;
      context.globalAlpha = Number.isFinite(share) ? 0.12 + 0.88 * share : 1;
      context.fillRect(x, y, cell, cell);
      context.globalAlpha = 1;
    });
  }
}
