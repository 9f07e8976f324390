"""How a page looks: Telegram in its light colours, in a font of its own, so that it looks the same everywhere."""

from base64 import b64encode
from importlib.resources import files
from typing import Final

_FONT: Final = "IBM Plex Sans Arabic"
_WEIGHTS: Final = {400: "Regular", 600: "SemiBold"}

_STYLE: Final = """
* { box-sizing: border-box; }
html { background: #fff; }
body { margin: 0; width: 430px; background: #cddbe4; color: #0f1720; font: 16px/1.5 "FONT", "Noto Color Emoji",
       "Noto Sans Arabic", "Segoe UI", "DejaVu Sans", sans-serif; }
header { display: flex; align-items: center; gap: 10px; padding: 8px 14px; background: #f6f7f8; height: 56px;
         border-bottom: 1px solid #d3d8dc; }
header .face { flex: none; width: 38px; height: 38px; border-radius: 50%; background: #2f7fc1; color: #fff;
               font-weight: 600; font-size: 19px; text-align: center; line-height: 36px; }
header b { display: block; font-size: 16px; line-height: 1.25; }
header small { display: block; color: #7b858d; font-size: 13px; line-height: 1.3; }
header .back { color: #2f7fc1; font-size: 26px; line-height: 30px; }
.chat { padding: 8px; display: flex; flex-direction: column; gap: 7px; }
.day, .service { align-self: center; background: #8aa3b3; color: #fff; border-radius: 12px; padding: 1px 11px;
                 font-size: 13px; }
.turn { direction: ltr; max-width: 374px; display: flex; flex-direction: column; gap: 4px; }
.turn.bot, .turn.other { align-self: flex-end; }
.turn.person { align-self: flex-start; }
.turn.keyed { min-width: 320px; }
.turn.plate { width: 374px; }
.bubble { direction: rtl; border-radius: 15px; padding: 6px 11px 5px; background: #fff; overflow: hidden;
          overflow-wrap: anywhere; }
.person .bubble { background: #e4f7cf; }
.bot .bubble, .other .bubble { border-bottom-left-radius: 5px; }
.person .bubble { border-bottom-right-radius: 5px; }
.text { white-space: pre-wrap; unicode-bidi: plaintext; text-align: start; }
.origin, .name, .via { color: #2a7fb8; font-size: 14px; line-height: 1.4; }
.origin b, .name { display: block; font-weight: 600; }
.person .origin, .person .via { color: #3c8f3a; }
.when { direction: ltr; text-align: right; color: #8b969e; font-size: 12px; line-height: 1.3; }
.person .when { color: #6aa562; }
.when i { font-style: normal; letter-spacing: -4px; padding-right: 4px; }
.link, a { color: #1f76b5; text-decoration: none; }
.spoiler { background: #9aa7b1; color: transparent; border-radius: 4px; }
code, pre { font-family: "DejaVu Sans Mono", monospace; font-size: 14px; margin: 0; white-space: pre-wrap; }
blockquote { margin: 3px 0; padding: 3px 10px 3px 8px; border-right: 3px solid #3f8fd0; border-radius: 6px;
             background: #eaf3fb; font-size: 15px; position: relative; unicode-bidi: plaintext; }
.collapsed div { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.collapsed { padding-left: 26px; }
.collapsed::after { content: "⌄"; position: absolute; left: 8px; bottom: 6px; color: #3f8fd0; font-weight: 600;
                    line-height: 1; }
.bubble img { display: block; width: calc(100% + 22px); margin: -6px -11px 6px; }
.missing { height: 120px; margin: -6px -11px 6px; background: #e3e8ee; }
.file { display: flex; align-items: center; gap: 10px; padding: 3px 0; }
.file i { flex: none; width: 44px; height: 44px; border-radius: 50%; background: #3f8fd0; color: #fff;
          font: normal 600 13px/43px "FONT"; text-align: center; }
.file b { display: block; font-weight: 600; color: #1f76b5; line-height: 1.3; }
.file small { color: #8b969e; font-size: 13px; }
.row { direction: ltr; display: flex; gap: 4px; }
.row span { direction: rtl; position: relative; flex: 1 1 0; min-width: 0; text-align: center; background: #7d96a8;
            color: #fff; border-radius: 9px; padding: 6px 8px; font-size: 15px; white-space: nowrap; overflow: hidden;
            text-overflow: ellipsis; unicode-bidi: plaintext; }
.row .leading::after { content: "↗"; position: absolute; top: 0; right: 5px; font-size: 11px; }
.row .pressed { background: #5c778a; box-shadow: inset 0 0 0 2px #fff; }
.toast { align-self: center; max-width: 340px; background: #3d4850; color: #fff; border-radius: 12px; padding: 8px 16px;
         font-size: 15px; text-align: center; white-space: pre-wrap; unicode-bidi: plaintext; }
.alert { align-self: center; width: 300px; background: #fff; border-radius: 14px; border: 1px solid #b3bfc7;
         padding: 16px 18px 10px; white-space: pre-wrap; unicode-bidi: plaintext; }
.alert em { display: block; text-align: left; color: #2f7fc1; font-style: normal; font-weight: 600; margin-top: 10px; }
.offers { background: #fff; border-top: 1px solid #d3d8dc; }
.offers div { padding: 8px 14px; border-bottom: 1px solid #e6eaed; }
.offers b, .offers small { display: block; overflow: hidden; unicode-bidi: plaintext; text-align: start; }
.offers b { font-weight: 600; font-size: 15px; line-height: 1.7; white-space: nowrap; text-overflow: ellipsis; }
.offers small { color: #6b767e; font-size: 14px; line-height: 1.4; white-space: pre-line; display: -webkit-box;
                -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
footer { background: #f6f7f8; border-top: 1px solid #d3d8dc; padding: 8px 10px; }
.field { background: #fff; border: 1px solid #d3d8dc; border-radius: 18px; padding: 4px 14px; color: #97a1a8; }
.field.typed { color: #0f1720; }
.below { display: flex; flex-direction: column; gap: 5px; padding-top: 8px; }
.below .row span { background: #fff; color: #0f1720; border: 1px solid #cfd6db; padding: 9px; }
"""


def stylesheet() -> str:
    """Return the whole style, with the font in it; ticks are drawn as phones draw them, and the font has others."""
    return _faces() + _STYLE.replace("FONT", _FONT)


def _faces() -> str:
    return "".join(_face(weight, name) for weight, name in _WEIGHTS.items())


def _face(weight: int, name: str) -> str:
    file = files("fontpkg_ibm_plex_sans_arabic") / "files" / f"IBMPlexSansArabic-{name}.ttf"
    content = b64encode(file.read_bytes()).decode()
    source = f"unicode-range: U+0-26FF, U+2800-FFFF; src: url(data:font/ttf;base64,{content});"
    return f'@font-face {{ font-family: "{_FONT}"; font-weight: {weight}; {source} }}\n'
