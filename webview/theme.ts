// The colours of VS Code's theme as the canvases need them: resolved from the `--lens-*` variables of style.css, which is the
// only place that names VS Code's own variables and their fallbacks.

const variables = {
  background: '--lens-background',
  foreground: '--lens-foreground',
  dim: '--lens-dim',
  line: '--lens-line',
  grid: '--lens-grid',
  track: '--lens-track',
  blue: '--lens-blue',
  orange: '--lens-orange',
  purple: '--lens-purple',
  green: '--lens-green',
  red: '--lens-red',
  yellow: '--lens-yellow',
  tooltip: '--lens-tooltip',
  tooltipText: '--lens-tooltip-text',
  tooltipBorder: '--lens-tooltip-border',
} as const;

export type ColorName = keyof typeof variables;

export interface Theme {
  readonly colors: Readonly<Record<ColorName, string>>;
  readonly font: string;
  /** High contrast: fills get outlines. */
  readonly isHighContrast: boolean;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const colors = Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, style.getPropertyValue(variable).trim()]));
  return {
    colors: colors as Record<ColorName, string>,
    font: style.fontFamily,
    isHighContrast: document.body.classList.contains('vscode-high-contrast'),
  };
}

/** VS Code changes the body's class and the root's style when the user picks another theme. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
}
