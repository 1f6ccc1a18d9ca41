"""What a printed page looks like: its tables whole, no buttons, and a line that names the report."""

from __future__ import annotations

from html import escape

import streamlit as st

from planner.ui.words import t

STYLE = """<style>
.print-only{display:none}
@media print{
.print-only{display:block;border:1px solid #767676;padding:.5rem;margin-bottom:1rem}
header,.st-key-pages,.st-key-pages-inside,.wide-hint,[data-testid="stButton"],[data-testid="stDownloadButton"],
[data-testid="stFormSubmitButton"],[data-testid="stFileUploader"],[data-testid="stPageLink"],
[data-testid="stPopover"],[data-testid="stToolbar"],[data-testid="stElementToolbar"]{display:none!important}
html,body,#root,[data-testid="stApp"],[data-testid="stAppViewContainer"],[data-testid="stMain"],
[class*="st-key-wide-"],[class*="-box"]{overflow:visible!important;height:auto!important;max-height:none!important;
position:static!important}
[data-testid="stMainBlockContainer"]{padding:0!important;max-width:none!important}
table{font-size:7pt!important;min-width:0!important}
th,td{position:static!important;padding:1px 2px!important}
tr,img,svg{break-inside:avoid}
}
</style>"""


def notice() -> None:
    """A line that only paper shows: the report is what is made for it."""
    st.html(f'<p class="print-only">{escape(t("nav.print"))}</p>')
