"""An M protein that is absent, and total immunoglobulin given in its place (A44)."""

from __future__ import annotations

import re

from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised

_TOTAL = re.compile(
    r"(?<![a-z])ig\s*(?P<kind>[gamd])(?![a-z])\s*(?:定量|水平|总量|[:=是为达约高升至↑\s])*(?P<n>\d{1,3}(?:\.\d+)?)\s*(?P<unit>g\s*/\s*dl|g\s*/\s*l|mg\s*/\s*dl)?(?![\d.%])(?!\s*(?:[gm]pl|u\s*/|iu|ru|[km]?iu))",
    re.I,
)
# "anti-β2GPI IgG 31": the class of an antibody, no total
_OF_AN_ANTIBODY = re.compile(r"(?:gpi?|糖蛋白|心磷脂|acl|aca|cardiolipin|抗体)[^,，。;；\n]{0,4}$", re.I)
# Upper limits of normal, g/L: a normal total says nothing about a paraprotein and is passed over.
_UPPER_NORMAL = {"g": 17.0, "a": 5.0, "m": 3.5, "d": 0.2}
_TO_G_L = {"g/dl": 10.0, "g/l": 1.0, "mg/dl": 0.01}


_ABSENT = re.compile(
    r"(?<![a-z尿])m-? ?(?:蛋白|峰)\s*(?:[:=为是已\s])*(?:阴性|未检出|未检测到|未见|转阴|消失|\(-\))|"
    r"(?:未见|未检出|未检测到|无)\s*(?:明显|单克隆)?m-? ?(?:蛋白|峰)",
    re.I,
)


def read_absent_m_protein(message: Normalised) -> list[Mention]:
    """``m_protein_g_l`` 0 where electrophoresis shows none."""
    match = _ABSENT.search(message.text)
    if match is None:
        return []
    return [
        Mention(
            "m_protein_g_l",
            0,
            message.words(*match.span()),
            *match.span(),
            "affirmed",
            "g/L",
            "未检出按 0 g/L 计",
        )
    ]


def read_total_immunoglobulin(message: Normalised) -> list[Mention]:
    """``m_protein_g_l`` undetermined where only a raised total IgG/IgA/IgM/IgD is given."""
    for match in _TOTAL.finditer(message.text):
        if _OF_AN_ANTIBODY.search(message.text, max(0, match.start() - 16), match.start()):
            continue
        unit = re.sub(r"\s", "", match["unit"] or "g/l").lower()
        if float(match["n"]) * _TO_G_L[unit] > _UPPER_NORMAL[match["kind"].lower()]:
            name = f"Ig{match['kind'].upper()}"
            return [
                Mention(
                    "m_protein_g_l",
                    None,
                    message.words(*match.span()),
                    *match.span(),
                    "undetermined",
                    "g/L",
                    f"{name} 是免疫球蛋白总量，不等于 M蛋白，请给出血清蛋白电泳的 M蛋白量",
                )
            ]
    return []
