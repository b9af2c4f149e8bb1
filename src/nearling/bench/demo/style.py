"""The look of the demonstration's page; teal is what stayed on this computer."""

STYLE = """
:root{color-scheme:light dark;--bg:#F7F6F3;--panel:#FFFFFF;--ink:#1E2227;--mut:#5F666D;
--line:#E3E0D9;--local:#0F766E;--localbg:#E3F1EF;--warn:#B45309;--warnbg:#FDF1DF;--code:#F4F2EE;
--sel:#E7E4DC;--danger:#B42318;--mark:13,140,127;--shadow:0 1px 2px rgba(30,34,39,.05),
0 10px 30px rgba(30,34,39,.06)}
@media (prefers-color-scheme:dark){:root{--bg:#17191C;--panel:#1F2226;--ink:#E8E6E1;--mut:#9A9FA6;
--line:#2E3237;--local:#4FC3B4;--localbg:#17332F;--warn:#F0B35A;--warnbg:#3A2C14;--code:#16181B;
--sel:#2A2E33;--danger:#F97066;--mark:79,195,180;--shadow:none}}
*{box-sizing:border-box;margin:0}
body{font:16px/1.55 Inter,"Segoe UI",system-ui,-apple-system,"Liberation Sans",sans-serif;
background:var(--bg);color:var(--ink);padding:56px 24px 72px;-webkit-font-smoothing:antialiased}
main,header,footer{max-width:1120px;margin:0 auto}
code,pre{font:14px/1.6 "JetBrains Mono",ui-monospace,"DejaVu Sans Mono",Consolas,monospace}
.brand{display:flex;align-items:center;gap:9px;font-weight:650;letter-spacing:-.01em}
.brand i{width:12px;height:12px;border-radius:50%;background:var(--local)}
h1{font-size:clamp(32px,5vw,50px);line-height:1.08;letter-spacing:-.03em;font-weight:700;
margin:28px 0 14px;text-wrap:balance}
.lead{font-size:19px;color:var(--mut);max-width:44em;text-wrap:balance}
.facts{display:flex;flex-wrap:wrap;gap:8px;margin:26px 0 44px;padding:0;list-style:none}
.pill{display:inline-flex;align-items:center;gap:8px;font-size:14px;border-radius:999px;
padding:5px 13px;background:var(--localbg);color:var(--local);font-weight:600}
.pill.bad{background:var(--warnbg);color:var(--danger)}
.pill.calm{background:none;border:1px solid var(--line);color:var(--mut);font-weight:500}
.step{display:grid;grid-template-columns:minmax(0,1.22fr) minmax(0,1fr);gap:40px;
background:var(--panel);border:1px solid var(--line);border-radius:18px;padding:28px;
margin:0 0 24px;box-shadow:var(--shadow);align-items:center}
.step.plain{grid-template-columns:minmax(0,1fr)}
.step.failed{border-color:var(--danger)}
.shot{position:relative;justify-self:center;line-height:0}
.shot img{display:block;max-width:100%;height:auto;max-height:540px;border-radius:10px;
outline:1px solid var(--line);outline-offset:-1px}
.window{margin:0 0 4px}
.window img{display:block;max-width:100%;height:auto;margin:0 auto;border-radius:12px;
outline:1px solid var(--line);outline-offset:-1px;box-shadow:var(--shadow)}
.window figcaption{font-size:14.5px;color:var(--mut);margin-top:12px;text-align:center}
.mark{position:absolute;display:block;border:2px solid rgb(var(--mark));border-radius:5px;
background:rgba(var(--mark),.16);box-shadow:0 0 0 1px rgba(255,255,255,.6);
transition:background .15s,box-shadow .15s}
.mark.near{border-style:dashed;background:rgba(var(--mark),.07)}
.mark b{position:absolute;left:-5px;top:50%;transform:translate(-100%,-50%);min-width:19px;
height:19px;border-radius:10px;background:rgb(var(--mark));color:var(--panel);
font:700 12px/19px Inter,system-ui,sans-serif;text-align:center;padding:0 5px}
h2{font-size:21px;letter-spacing:-.015em;line-height:1.25}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:6px 12px;margin-bottom:18px}
.kind{font-size:13px;color:var(--mut)}
.ask{width:fit-content;max-width:100%;margin:0 0 18px auto;background:var(--sel);
border-radius:16px 16px 4px 16px;padding:10px 16px}
.answer{font-size:25px;line-height:1.3;font-weight:650;letter-spacing:-.015em;margin:12px 0 10px;
overflow-wrap:anywhere}
.answer.long{font-size:19px}
.answer.no{font-size:19px;font-weight:600}
.answer a{text-decoration:none}
sup{font-size:13px;font-weight:600;margin-left:4px;line-height:0}
.cites{list-style:none;padding:0;font-size:14.5px;color:var(--mut);display:grid;gap:1px}
.cites.rest{margin-top:12px}
.cites li{padding:4px 8px;margin-left:-8px;border-radius:7px}
.cites .n{color:var(--local);font-weight:650;margin-right:6px}
.cites q{color:var(--ink);quotes:"\\201C" "\\201D"}
.label{font-size:14.5px;color:var(--mut);margin:12px 0 2px}
.missed{color:var(--danger);font-weight:600;margin-top:12px}
.why{font-size:13.5px;color:var(--mut);margin-top:16px;padding-top:14px;
border-top:1px solid var(--line);text-wrap:pretty}
.log{list-style:none;padding:0;margin:6px 0 18px;display:grid;gap:10px}
.log li{position:relative;padding-left:24px;text-wrap:pretty}
.log li::before{content:"";position:absolute;left:3px;top:.5em;width:9px;height:9px;
border-radius:50%;background:var(--local)}
.log li:not(:last-child)::after{content:"";position:absolute;left:7px;top:1.25em;bottom:-14px;
width:1px;background:var(--line)}
.try{padding:32px 4px 8px}
.try h2{font-size:27px;margin-bottom:14px}
pre{background:var(--code);border:1px solid var(--line);border-radius:12px;padding:14px 18px;
margin:10px 0;overflow-x:auto}
.beside{display:grid;grid-template-columns:1fr 1fr;gap:14px;margin-top:14px}
.beside pre{font-size:12px;max-height:340px;overflow:auto;white-space:pre-wrap}
.beside>div{min-width:0}
footer{color:var(--mut);font-size:13.5px;padding-top:22px}
a{color:var(--local)}
:focus-visible{outline:2px solid var(--local);outline-offset:2px}
@media (max-width:820px){body{padding:32px 16px 48px}.step{grid-template-columns:1fr;padding:20px;
gap:22px}}
"""


def linked(places: int) -> str:
    """Rules by which a citation and its outline light up together, for so many places a step."""
    rules = []
    for number in range(1, places + 1):
        own = f'[data-place="{number}"]'
        lit = f".step:has({own}:hover,{own}:focus-visible)"
        rules.append(f"{lit} li{own}{{background:var(--localbg)}}")
        rules.append(
            f"{lit} .mark{own}{{background:rgba(var(--mark),.34);"
            "box-shadow:0 0 0 4px rgba(var(--mark),.35)}"
        )
    return "\n".join(rules)
