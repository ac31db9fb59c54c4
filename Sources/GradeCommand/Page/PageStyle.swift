/// How the pages look: the system's letters, few colors, light and dark, on a screen and on paper.
enum PageStyle {
  static let sheet: StaticString = """
    :root{color-scheme:light dark;--bg:#fff;--ink:#1c1c21;--muted:#62626c;--line:#e3e3e8;--soft:#f5f5f7;
    --accent:#3451c6;--good:#237a37;--bad:#c3282d;--late:#a85400}
    @media (prefers-color-scheme:dark){:root{--bg:#121317;--ink:#e7e7ea;--muted:#a0a0aa;--line:#2c2d34;
    --soft:#1a1b20;--accent:#93a8ff;--good:#6fd184;--bad:#ff8a8a;--late:#ffb26b}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif;
    font-variant-numeric:tabular-nums}
    header,main,footer{max-width:60rem;margin:0 auto;padding:0 1.25rem}
    header{padding-top:2.5rem}h1{font-size:1.6rem;font-weight:650;margin:0 0 .25rem;letter-spacing:-.01em}
    h2{font-size:1.1rem;font-weight:650;margin:2.75rem 0 .75rem}h3{font-size:1rem;font-weight:600;margin:1.75rem 0 .25rem}
    p{margin:.35rem 0;max-width:44rem}.muted,caption,figcaption,footer{color:var(--muted)}
    small,figcaption,caption{font-size:.85rem}caption{text-align:left;padding:0 0 .35rem}
    a{color:var(--accent)}a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);
    outline-offset:2px;border-radius:3px}
    nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;padding:0;margin:1rem 0 0}
    code{font:.9em ui-monospace,SFMono-Regular,Menlo,monospace;background:var(--soft);padding:.1em .35em;border-radius:4px}
    table{border-collapse:collapse}th{font-weight:600;text-align:left}
    .rows{width:100%}.rows th,.rows td{padding:.45rem .75rem .45rem 0;border-top:1px solid var(--line);vertical-align:top}
    .rows thead th{border-top:0;font-size:.85rem;color:var(--muted);font-weight:500}
    .rows .point{white-space:nowrap}.rows .number{text-align:right;white-space:nowrap}.scroll{overflow-x:auto}
    .katas{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem .4rem;margin:0;padding:0}
    .katas li{border:1px solid var(--line);border-radius:6px;padding:.05rem .5rem;white-space:nowrap}
    .katas small{margin-left:.35rem}.katas small:not(.late){color:var(--muted)}.katas .passed{background:var(--soft)}
    .good{color:var(--good)}.bad{color:var(--bad)}.late{color:var(--late)}
    .month{width:100%;table-layout:fixed}.month th{font-size:.8rem;color:var(--muted);font-weight:500}
    .month td{height:4.2rem;vertical-align:top;border:1px solid var(--line);padding:.2rem .35rem;font-size:.8rem;
    overflow-wrap:anywhere}.month caption{padding-top:1rem}.month .gone{background:var(--soft);color:var(--muted)}
    .month .today{box-shadow:inset 0 0 0 2px var(--accent)}.month ul{list-style:none;margin:0;padding:0}
    .multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:1rem}
    figure{margin:0}svg{display:block;max-width:100%;height:auto}.chart{margin:1rem 0}
    svg text{fill:var(--muted);font:10px system-ui,sans-serif}
    .axis{stroke:var(--line);fill:none}.target{stroke:var(--muted);stroke-dasharray:3 3;fill:none}
    .s0{stroke:var(--accent);fill:none;stroke-width:1.75}.s1{stroke:var(--muted);fill:none;stroke-width:1.5;stroke-dasharray:5 3}
    .s2{stroke:var(--late);fill:none;stroke-width:1.5;stroke-dasharray:2 2}
    .s3{stroke:var(--good);fill:none;stroke-width:1.5;stroke-dasharray:8 3}.dot{fill:var(--accent)}.over{fill:var(--late)}
    .bar{fill:var(--accent);opacity:.55}.class{fill:var(--accent);opacity:.28}.mark{fill:var(--bg);stroke:var(--ink)}
    .cells{overflow-x:auto;display:flex;flex-wrap:wrap;gap:1rem 1.5rem;align-items:flex-start;margin:.5rem 0 1rem}
    .cells td,.cells th{padding:.15rem .45rem;text-align:right;border:1px solid var(--line);white-space:nowrap}
    .cells th{color:var(--muted);font-weight:500}.wrong{font-weight:650}
    .l1,.l2,.l3,.l4,.l5,.l6{fill:var(--bad)}.l1{fill-opacity:.14}.l2{fill-opacity:.28}.l3{fill-opacity:.42}
    .l4{fill-opacity:.58}.l5{fill-opacity:.76}.l6{fill-opacity:1}
    td.l1,td.l2{background:color-mix(in srgb,var(--bad) 12%,transparent)}
    td.l3,td.l4{background:color-mix(in srgb,var(--bad) 24%,transparent)}
    td.l5,td.l6{background:color-mix(in srgb,var(--bad) 38%,transparent)}
    .e1,.e2,.e3,.e4,.e5,.e6{fill:var(--accent)}.e1{fill-opacity:.1}.e2{fill-opacity:.22}.e3{fill-opacity:.36}
    .e4{fill-opacity:.52}.e5{fill-opacity:.72}.e6{fill-opacity:.95}
    .frame{fill:none;stroke:var(--line)}footer{margin-top:3rem;padding-bottom:2.5rem;font-size:.85rem}
    .only-read{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    @media (max-width:36rem){.tracks tr{display:block;border-top:1px solid var(--line);padding:.4rem 0}
    .tracks th,.tracks td{display:inline-block;border:0;padding:0 .6rem .2rem 0}.tracks td:last-child{display:block}
    .katas li{white-space:normal}.month td{height:auto;padding:.15rem;font-size:.68rem}}
    @media print{:root{--bg:#fff;--ink:#000;--muted:#444;--line:#bbb;--soft:#f2f2f2;--accent:#2a3f9e;--good:#1b5e2a;
    --bad:#a31d22;--late:#7a3d00}nav{display:none}body{font-size:11pt}h2,h3{break-after:avoid}
    .cells,.scroll{overflow:visible}details::details-content{content-visibility:visible}
    figure,tr,.cells{break-inside:avoid}*{print-color-adjust:exact}}
    """
}
