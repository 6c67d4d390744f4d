/// How a report looks: readable on a screen in daylight and at night, on a phone, and on paper.
enum ReportStyle {
  static let css = """
    :root {
      color-scheme: light dark;
      --page: #f6f7f9; --card: #ffffff; --ink: #1b1f24; --soft: #5b6470; --line: #dde1e6;
      --passed: #1a7f43; --failed: #c62828; --errored: #b25e00; --aborted: #5f5a8a;
      --skipped: #6b7280; --shade: #eef1f4;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14171b; --card: #1d2126; --ink: #e6e9ed; --soft: #9aa4b0; --line: #333a42;
        --passed: #4cc47f; --failed: #ff7b72; --errored: #f0a63c; --aborted: #a9a4d8;
        --skipped: #9aa4b0; --shade: #262c33;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
    }
    .passed { --tone: var(--passed); }
    .failed { --tone: var(--failed); }
    .errored, .none, .unfinished { --tone: var(--errored); }
    .aborted { --tone: var(--aborted); }
    .skipped, .notApplicable { --tone: var(--skipped); }
    main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
    header, section { background: var(--card); border: 1px solid var(--line);
      border-radius: 10px; padding: 18px 22px; margin: 0 0 16px; }
    header { border-left: 10px solid var(--tone); }
    h1 { margin: 2px 0 4px; font-size: 40px; line-height: 1.15; color: var(--tone); }
    h2 { margin: 0 0 10px; font-size: 19px; }
    p { margin: 0 0 8px; }
    .run { color: var(--soft); font-size: 15px; }
    .run b { color: var(--ink); }
    .lead { font-size: 18px; margin: 0; }
    .decision { border-color: var(--tone); }
    dl { display: grid; grid-template-columns: 150px 1fr; gap: 4px 16px; margin: 0; }
    dt { color: var(--soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
    .decision dd { font-size: 17px; }
    code, .where, time { font-family: ui-monospace, "DejaVu Sans Mono", monospace;
      font-size: 13px; color: var(--soft); }
    a { color: inherit; }
    .warning { background: var(--card); border: 1px solid var(--errored);
      border-left-width: 10px; border-radius: 10px; padding: 10px 22px; margin: 0 0 16px; }
    .leftout ul { margin: 0; padding-left: 22px; }
    .facts details { margin-top: 10px; color: var(--soft); }
    .steps ol { list-style: none; margin: 0; padding: 0; }
    .steps ol ol { margin: 8px 0 0 4px; padding-left: 16px; border-left: 2px solid var(--line); }
    .steps li { margin: 0; }
    .step { border-top: 1px solid var(--line); padding: 2px 0; }
    .step > summary { display: flex; gap: 12px; align-items: baseline; padding: 6px 4px;
      cursor: pointer; list-style: none; border-radius: 6px; }
    .step > summary::-webkit-details-marker { display: none; }
    .step > summary:hover { background: var(--shade); }
    .step > summary::before { content: "▸"; flex: 0 0 12px; color: var(--soft); font-size: 13px; }
    .step[open] > summary::before { content: "▾"; }
    .step > :not(summary) { margin-left: 24px; }
    .badge { flex: 0 0 132px; color: var(--tone); font-weight: 600; font-size: 15px;
      white-space: nowrap; }
    .name { flex: 1 1 auto; overflow-wrap: anywhere; }
    .step.failed > summary .name, .step.errored > summary .name { font-weight: 600; }
    .attempts, .time { flex: none; color: var(--soft); font-size: 14px; white-space: nowrap;
      font-variant-numeric: tabular-nums; }
    .step dl { font-size: 15px; margin-bottom: 8px; grid-template-columns: 96px 1fr; }
    .happenings { list-style: none; margin: 0 0 10px 24px; padding: 8px 12px;
      background: var(--shade); border-radius: 6px; font-size: 14px; }
    .happenings time { display: inline-block; min-width: 72px; text-align: right;
      margin-right: 8px; }
    .kind { color: var(--soft); border: 1px solid var(--line); border-radius: 4px;
      padding: 0 5px; font-size: 12px; }
    .detail { color: var(--soft); }
    .held { color: var(--tone); font-weight: 600; }
    .figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 10px 0; align-items: flex-start; }
    figure { margin: 0; flex: 0 0 auto; max-width: 100%; }
    figure:has(details[open]) { flex-basis: 100%; }
    figcaption { font-size: 13px; color: var(--soft); margin-top: 2px; }
    figure summary { list-style: none; cursor: zoom-in; line-height: 0; }
    figure summary::-webkit-details-marker { display: none; }
    figure details[open] summary { cursor: zoom-out; }
    figure svg { width: 232px; max-width: 100%; height: auto; border: 1px solid var(--line);
      border-radius: 4px; background: #000; }
    figure.small svg { width: min(var(--natural), 232px); }
    figure details[open] svg { width: 100%; }
    figure.small details[open] svg { width: min(100%, calc(3 * var(--natural))); }
    figure.template svg { background: repeating-conic-gradient(#888 0 25%, #aaa 0 50%)
      0 0 / 12px 12px; }
    figure rect { fill: none; vector-effect: none; }
    rect.box { stroke: #00c2ff; }
    rect.nearest { stroke: #ffb000; stroke-dasharray: 14 8; }
    rect.blanked { stroke: #8a8f98; stroke-dasharray: 4 6; }
    .lost { color: var(--errored); font-size: 14px; }
    @media (max-width: 640px) {
      dl, .step dl { grid-template-columns: 1fr; gap: 0; }
      dd { margin-bottom: 6px; }
      .badge { flex-basis: auto; }
    }
    @media print {
      :root { --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb;
        --shade: #f3f3f3; --passed: #146534; --failed: #a31515; --errored: #8a4900;
        --aborted: #45407a; --skipped: #444; }
      body { font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      main { max-width: none; padding: 0; }
      header, section { break-inside: auto; border-radius: 0; }
      .step > summary, figure, .decision dl { break-inside: avoid; }
    }

    """
}
