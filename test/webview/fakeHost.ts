// Runs in the page before the panel: VS Code's webview API with a small host behind it that speaks the real protocol. Messages
// pass through JSON, as VS Code's do; kept state outlives a reload of the page, as VS Code's does.
import { packNumbers, unpackNumbers } from '../../src/protocol/numbers.ts';
import type { PanelHostContract, PanelSnapshot, PanelViewContract } from '../../src/protocol/panelApi.ts';
import { Rpc, type Message, type RequestHandlers } from '../../src/protocol/rpc.ts';
import { poorTexts } from './contrast.ts';
import { themes } from './themes.ts';

/** What the tests see of it, as `window.fakeHost`. */
export interface FakeHost {
  readonly requests: { readonly method: string; readonly params: unknown }[];
  readonly violations: string[];
  /** Set: every request but `ready` fails, with this message. */
  refusal: string | null;
  /** How long the host takes over a choice. */
  delayMs: number;
  show(packed: unknown): void;
  setTheme(name: keyof typeof themes): void;
  readonly poorTexts: typeof poorTexts;
}

const requests: { method: string; params: unknown }[] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));

let current: PanelSnapshot = { revision: 0, state: { kind: 'idle', message: 'Open a Python file that defines a network.' }, cursorLayer: null, aside: null };
const kept = sessionStorage.getItem('snapshot');
if (kept !== null) current = unpackNumbers(JSON.parse(kept)) as PanelSnapshot;

const note = (method: string) => (params: unknown) => {
  requests.push({ method, params });
  if (window.fakeHost.refusal !== null && method !== 'ready') throw new Error(window.fakeHost.refusal);
};
const handlers: RequestHandlers<PanelHostContract> = {
  ready: (params) => (note('ready')(params), current),
  reveal: note('reveal'), showModel: note('showModel'), choose: async (params) => {
    note('choose')(params);
    if (window.fakeHost.delayMs > 0) await new Promise((done) => setTimeout(done, window.fakeHost.delayMs));
  },
  writeChoices: note('writeChoices'), applyFix: note('applyFix'), cancelRun: note('cancelRun'), quickTrain: note('quickTrain'), pauseTraining: note('pauseTraining'), resumeTraining: note('resumeTraining'), stopTraining: note('stopTraining'),
};
const post = (message: unknown) => window.postMessage(JSON.parse(JSON.stringify(packNumbers(message))), '*');
const rpc = new Rpc<PanelHostContract, PanelViewContract>((message) => post(message), handlers, {});

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => rpc.receive(unpackNumbers(JSON.parse(JSON.stringify(message))) as Message),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  }),
  fakeHost: {
    requests,
    violations,
    refusal: null,
    delayMs: 0,
    poorTexts,
    show: (packed: unknown) => {
      current = unpackNumbers(packed) as PanelSnapshot;
      const text = JSON.stringify(packed);
      // Only the reload tests need it there, and a page's storage holds no more than a few MB.
      if (text.length < 2_000_000) sessionStorage.setItem('snapshot', text);
      rpc.emit('snapshot', current);
    },
    setTheme: (name: keyof typeof themes) => {
      sessionStorage.setItem('theme', name);
      applyTheme();
    },
  } satisfies FakeHost,
});

function applyTheme(): void {
  const { variables, bodyClass } = themes[(sessionStorage.getItem('theme') ?? 'dark') as keyof typeof themes];
  const root = document.documentElement.style;
  for (const name of [...root]) root.removeProperty(name);
  for (const [name, value] of Object.entries(variables)) root.setProperty(name, value);
  document.body.className = bodyClass;
}
applyTheme();
