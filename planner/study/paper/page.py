"""The sheet: head, sections, foot, and a style for screen and A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

Paper = Literal["portrait", "landscape"]

STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;padding:20px;max-width:1240px;background:#fff;color:#111;
font:15px/1.45 system-ui,sans-serif}
h1{font-size:25px;line-height:1.2;margin:0 0 4px}h2{font-size:18px;margin:26px 0 6px}
h3{font-size:15px;margin:16px 0 4px}
p{margin:6px 0}.sub{color:#444;margin:0 0 12px}.first{font-size:17px}.small,.foot{font-size:13px;color:#444}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:8px 0;font-size:14px}
th,td{border:1px solid #c8c8c8;padding:4px 7px;text-align:left;vertical-align:top}
th{background:#f3f3f3;font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
tr.go td:first-child{border-left:5px solid #0072b2}tr.nogo td:first-child{border-left:5px solid #d55e00}
tr.dark td{background:#e9e9e9}
.dense td,.dense th{padding:3px 4px;white-space:nowrap}
.answers td:nth-child(4),.answers td:nth-child(6){min-width:11em}
ul{margin:6px 0;padding-left:20px}li{margin:2px 0}
section{break-inside:auto}h2,h3,thead{break-after:avoid}tr,figure{break-inside:avoid}
figure{margin:10px 0}
.foot{border-top:1px solid #c8c8c8;margin-top:26px;padding-top:8px}
@media print{body{padding:0;max-width:none;font-size:8.5pt;line-height:1.25}
table{font-size:7.5pt;margin:3px 0}
th,td{padding:1px 4px}.dense td,.dense th{padding:1px 2px;font-size:7pt}p,ul{margin:2px 0}
.small,.foot{font-size:7.5pt}
h1{font-size:14pt}h2{font-size:10.5pt;margin:8px 0 2px}.foot{margin-top:8px;padding-top:3px}
.first{font-size:10pt}
.scroll{overflow:visible}.break{break-before:page}}
"""


@dataclass(frozen=True)
class Section:
    """One section of a page.

    Attributes
    ----------
    title: heading. html: body, made of the pieces of this package. anchor: of links into the page.
    new_page: begins a new sheet when printed.
    """

    title: str
    html: str
    anchor: str = ""
    new_page: bool = False


def page(
    title: str,
    subtitle: str,
    sections: Sequence[Section],
    foot: Sequence[object] = (),
    paper: Paper = "portrait",
    head: str = "",
    language: str = "en",
) -> str:
    """One self-contained page.

    Parameters
    ----------
    sections: those without a body are left out.
    head: HTML that stands in the head, such as a chart library written into the page.

    Examples
    --------
    >>> made = page("A & B", "two", [Section("One", "<p>1</p>"), Section("Empty", "")])
    >>> "<h1>A &amp; B</h1>" in made, "Empty" in made, "http" in made
    (True, False, False)
    """
    body = "".join(_section(each) for each in sections if each.html)
    feet = "".join(f"<p>{escape(str(line))}</p>" for line in foot)
    sub = f'<p class="sub">{escape(subtitle)}</p>' if subtitle else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}@page{{size:A4 {paper};margin:12mm}}</style>"
        f"{head}</head>"
        f"<body><main><h1>{escape(title)}</h1>{sub}{body}"
        f'<footer class="foot">{feet}</footer></main></body></html>\n'
    )


def _section(each: Section) -> str:
    of = (f' id="{escape(each.anchor)}"' if each.anchor else "") + (' class="break"' if each.new_page else "")
    return f'<section{of}><h2>{escape(each.title)}</h2><div class="scroll">{each.html}</div></section>'
