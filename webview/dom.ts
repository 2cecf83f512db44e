// Builds DOM elements. Text becomes text nodes only, so nothing that comes from a file is ever read as HTML, and no style
// attribute is written, which a strict content security policy would refuse.

export type Child = Node | string | null | false;

export interface Properties {
  class?: string;
  id?: string;
  title?: string;
  role?: string;
  tabIndex?: number;
  hidden?: boolean;
  aria?: Readonly<Record<string, string | number | boolean>>;
  data?: Readonly<Record<string, string>>;
  on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

/** Makes an element with its properties and children; children that are null or false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (properties.class !== undefined) element.className = properties.class;
  if (properties.id !== undefined) element.id = properties.id;
  if (properties.title !== undefined) element.title = properties.title;
  if (properties.role !== undefined) element.setAttribute('role', properties.role);
  if (properties.tabIndex !== undefined) element.tabIndex = properties.tabIndex;
  if (properties.hidden !== undefined) element.hidden = properties.hidden;
  for (const [name, value] of Object.entries(properties.aria ?? {})) element.setAttribute(`aria-${name}`, String(value));
  for (const [name, value] of Object.entries(properties.data ?? {})) element.dataset[name] = value;
  for (const [type, listener] of Object.entries(properties.on ?? {})) element.addEventListener(type, listener as EventListener);
  element.append(...present(children));
  return element;
}

/** Replaces what an element contains. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...present(children));
}

const signatures = new WeakMap<Element, string>();

/**
 * Fills an element anew only where `signature`, which stands for all that the children show, differs from last time. A button
 * that is replaced between pressing and releasing the mouse is never clicked, and snapshots come many times a second.
 */
export function fillOnChange(element: Element, signature: unknown, children: () => readonly Child[]): void {
  const text = JSON.stringify(signature);
  if (signatures.get(element) === text) return;
  signatures.set(element, text);
  fill(element, ...children());
}

/** A message as the runtime writes it: what stands between backticks is code. */
export function withCode(message: string): Child[] {
  return message.split('`').map((part, i) => (i % 2 === 0 ? part : h('code', {}, part)));
}

/** Sets a text only where it differs, so that a selection the user made in it survives an update. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child) => child !== null && child !== false) as (Node | string)[];
}

const iconPaths = {
  play: 'M4.5 2.8v10.4L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  stop: 'M3.5 3.5h9v9h-9z',
  chevron: 'M6.2 3.6 10.6 8l-4.4 4.4-.9-.9L8.8 8 5.3 4.5z',
  error: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1.1a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6ZM5.9 5.2 8 7.3l2.1-2.1.7.7L8.7 8l2.1 2.1-.7.7L8 8.7l-2.1 2.1-.7-.7L7.3 8 5.2 5.9z',
  warning: 'M8 1.8 15 14H1zm0 2.3L2.9 12.9h10.2zM7.4 7h1.2v3.2H7.4zm0 4h1.2v1.2H7.4z',
  information: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1.1a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6ZM7.4 7.2h1.2v4.2H7.4zm0-2.6h1.2v1.3H7.4z',
} as const;

export type IconName = keyof typeof iconPaths;

/** A 16-pixel picture in the colour of the text around it; said to no screen reader. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', iconPaths[name]);
  svg.append(path);
  return svg;
}
