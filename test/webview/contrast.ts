// Contrast of the text on a page as WCAG 2 defines it, from computed styles: runs in the page.

/** A text whose colours are too near each other. */
export interface PoorText {
  readonly text: string;
  readonly ratio: number;
  readonly colors: string;
}

/** Every visible text whose contrast against the ground behind it is below `least`. Disabled controls are exempt, as in WCAG. */
export function poorTexts(least: number): { checked: number; poor: PoorText[] } {
  type Color = [number, number, number, number];
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  const parse = (color: string): Color => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r!, g!, b!, a! / 255];
  };
  const over = (top: Color, ground: Color): Color => [0, 1, 2].map((i) => top[i]! * top[3] + ground[i]! * (1 - top[3])).concat(1) as Color;
  const luminance = ([r, g, b]: Color) => {
    const linear = [r, g, b].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  };
  const groundOf = (element: Element): Color => {
    const layers: Color[] = [];
    for (let at: Element | null = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((ground, top) => over(top, ground), [255, 255, 255, 1] as Color);
  };
  const poor: PoorText[] = [];
  let checked = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent!.trim();
    const element = walker.currentNode.parentElement!;
    if (text === '' || element.closest('script, option:disabled, button:disabled') || element.getClientRects().length === 0 || !element.checkVisibility()) continue;
    const ground = groundOf(element);
    let opacity = 1;
    for (let at: Element | null = element; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
    const [r, g, b, a] = parse(getComputedStyle(element).color);
    const ink = over([r, g, b, a * opacity], ground);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((one, two) => two - one) as [number, number];
    const ratio = (light + 0.05) / (dark + 0.05);
    checked++;
    if (ratio < least) poor.push({ text, ratio: Math.round(ratio * 100) / 100, colors: `${ink.map(Math.round).join(',')} on ${ground.map(Math.round).join(',')}` });
  }
  return { checked, poor };
}
