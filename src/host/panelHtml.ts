// The panel's page: nothing but its own script and style, under a policy that lets nothing else in.

export interface PanelPage {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Where the webview's own resources come from. */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
}

/** Styles are set from the script through the CSSOM only, so no inline style needs to be let in. */
export function contentSecurityPolicy({ cspSource, nonce }: Pick<PanelPage, 'cspSource' | 'nonce'>): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; img-src ${cspSource} data:; font-src ${cspSource}; base-uri 'none'; form-action 'none'`;
}

export function panelHtml(page: PanelPage): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(page)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${page.styleUri}">
<title>Activation Lens</title>
</head>
<body>
<script nonce="${page.nonce}" src="${page.scriptUri}"></script>
</body>
</html>
`;
}
