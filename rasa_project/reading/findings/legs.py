"""Signs of the legs: swelling and pain with their side (Wells, A05, A08, A09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rasa_project.reading.context.gone import over
from rasa_project.reading.context.status import Assertion
from rasa_project.reading.findings.entries import entries
from rasa_project.reading.findings.hits import ASKED, Hit, Note, Reading
from rasa_project.reading.findings.leg_parts import (
    BOTH,
    NEITHER,
    ONE,
    as_told,
    both_alike,
    last_of,
    looked_for,
    of_both_legs,
    part_of,
    parts,
    side_by_side,
)
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities.legs import read_calf_difference

# "左小腿无肿，按压不痛；右小腿同"
_OTHER_SAME = re.compile(
    r"[^。\n]{0,16}?[;；,，、](?:左|右|对|另一?)(?:侧|边|条|只)?(?:下肢|小腿|腿)?(?:亦|也)?(?:相?同|一样)(?=\s*(?:[,，。;；\n]|$))"
)
_OF_ONE = re.compile(r"[左右患]|[单一某]侧|一条|一只|(?<![A-Za-z])[RL](?![a-z])")
_OTHER_SIDE_NEXT = re.compile(r"[^。;；\n]{0,6}[左右]")
_LEG_SIGNS = re.compile(r"小腿|浅静脉|侧[支枝]|深静脉|腓肠肌|(?<![a-z])(?:dvt|wells)(?![a-z])", re.IGNORECASE)
_ANY_LEG = re.compile(r"下肢|腿部?|脚|足部?|肢体?|四肢")
_EXCEPT, _EXCEPTED = re.compile(r"除(?:了|去|外)?[^,，。;；\n]{0,8}$"), re.compile(r"(?:以外|之外|外)")
_CLEARLY_THICKER = 2  # cm between the calves: less is within what measuring with a tape gives
_LEG_THROMBOSIS = frozenset({"proximal", "distal", "dvt"})
_LEG_SIGN_FACTS = {
    "entire_leg_swelling": "swelling",
    "calf_swelling_over_3cm": "swelling",
    "deep_vein_tenderness": "pain",
}


@dataclass(frozen=True, slots=True)
class _Sign:
    hit: Hit
    swelling: bool
    pain: bool
    side: str  # "one", "both" or "" (not said)
    over: bool = False  # there once, gone now
    sides: frozenset[str] = frozenset()  # of 左 and 右
    measured: bool = False  # a girth, not a word for swelling

    @property
    def denied(self) -> bool:
        return self.over or (self.hit.assertion.negated and not self.hit.assertion.uncertain)

    @property
    def present(self) -> bool:
        said = self.hit.assertion
        return not self.over and not (
            said.negated or said.doubtful_denial or said.uncertain or said.historical or said.resolved
        )


_PITS = re.compile(r"(?<!非)(?<!不)(?<!无)(?:凹陷|可凹|指凹|压陷)")
_LONG_AGO_DAYS = 90
_SINCE_THAT_DAY = re.compile(
    r"\s?(?:曾|因|突发|突然|出现|无诱因|[左右双单]侧?|下肢|小腿|大腿|整条|腿|脚|部|的|明显)*"
)


def read(note: Note) -> Iterator[Reading]:
    """Wells facts read from leg signs."""
    signs: list[_Sign] = []
    for hit in note.hits:
        said = hit.assertion
        if said.family or said.generic or said.doubtful_family:
            continue
        if (
            hit.entry.group == "condition"
            and hit.entry.fact in _LEG_SIGN_FACTS
            and hit.entry.data.get("says") is None
        ):
            kind = _LEG_SIGN_FACTS[hit.entry.fact]
            side = "both" if BOTH.search(note.text[hit.start : hit.end]) else "one"
            signs.append(_Sign(hit, kind == "swelling", kind == "pain", side, over(note.text, hit.end)))
            pits = signs[-1].present and _PITS.search(note.text, hit.start, hit.end)
            if pits and not BOTH.search(
                note.text, max(0, hit.start - 4), hit.end
            ):  # "右下肢全腿肿胀并凹陷性水肿"
                yield Reading(note.mention(hit, "unilateral_pitting_edema", True, "affirmed"))
        elif hit.entry.group == "sign" and hit.entry.kind == "dvt_signs":
            yield from _stated(note, hit)
        elif hit.entry.group == "sign" and hit.entry.kind == "neither":
            if (neither := _neither(note, hit)) is not None:
                signs.append(neither)
                yield from _no_oedema(note, neither)
        elif hit.entry.group == "sign" and hit.entry.kind == "no_pitting":
            yield from _no_pit(note, hit)
        elif hit.entry.group == "sign" and _of_long_ago(note, hit):
            continue
        elif hit.entry.group == "sign":
            if _EXCEPT.search(note.text, 0, hit.start) and _EXCEPTED.match(note.text, hit.end):
                # "除左腿凹陷性水肿外，余均无"
                hit = replace(
                    hit, assertion=replace(said, negated=False, doubtful_denial=False, affirmed=True)
                )
            told = side_by_side(note, hit)
            if told is not None:
                hit = as_told(hit, told)
            part = told or part_of(note, hit) or of_both_legs(note, hit)
            if part is None or told == NEITHER:
                yield from _no_pitting_anywhere(note, hit)
                continue
            alike = told is None and both_alike(note, hit)
            if alike or looked_for(note, hit):
                hit = replace(hit, assertion=replace(hit.assertion, doubtful_denial=False))
            sign = _sign(note, hit, "双下肢" if alike else part)
            signs.append(sign)
            yield from _pitting(note, sign, part)
            yield from _whole_leg(note, sign, part)
            yield from _tenderness(note, sign, part)
    yield from _dvt_signs(note, [*signs, *_thicker_calf(note)])


def _of_long_ago(note: Note, hit: Hit) -> bool:
    """ "3年前因左下肢肿胀查彩超": what led to the thrombosis of those days is no sign of today."""
    when = hit.when
    return (
        when is not None
        and when.kind == "ago"
        and when.low > _LONG_AGO_DAYS
        and _SINCE_THAT_DAY.fullmatch(note.text, when.end, hit.start) is not None
    )


def _stated(note: Note, hit: Hit) -> Iterator[Reading]:
    said = hit.assertion
    if said.uncertain or said.doubtful_denial:
        yield Reading(
            note.mention(hit, "dvt_signs", None, "undetermined", "原文不确定，请确认有无一侧下肢肿胀及压痛")
        )
    elif said.negated:
        yield Reading(note.mention(hit, "dvt_signs", False, "negated"))
    elif not said.historical:
        yield Reading(note.mention(hit, "dvt_signs", True, "affirmed"))


def _neither(note: Note, hit: Hit) -> _Sign | None:
    """ "双腿不肿不痛"; without a leg named it is said of the leg whose thrombosis the note tells of."""
    said = hit.assertion
    if said.uncertain or said.historical or said.doubtful_denial:
        return None
    first = max((note.text.rfind(stop, 0, hit.start) for stop in "。;；\n"), default=-1) + 1
    named = last_of(parts()[1], note.text[first : hit.start])
    of_thrombosis = _tells_of_leg_thrombosis(note, hit)
    if (named is None and not of_thrombosis) or (named is not None and named["leg"] is None):
        return None
    denied = replace(hit, assertion=replace(said, negated=True))
    sign = _sign(note, denied, named["leg"] if named is not None else "")
    # "患肢无肿胀压痛": the affected leg is the one that matters
    the_leg = sign.side == "one" and (of_thrombosis or (named is not None and "患" in named["leg"]))
    return replace(sign, swelling=True, pain=True, side="" if the_leg else sign.side)


def _tells_of_leg_thrombosis(note: Note, hit: Hit) -> bool:
    return any(
        other.entry.group == "thrombosis"
        and other.entry.kind in _LEG_THROMBOSIS
        and other.start < hit.start
        and not (other.assertion.negated or other.assertion.family or other.assertion.generic)
        for other in note.hits
    )


def _no_oedema(note: Note, sign: _Sign) -> Iterator[Reading]:
    if sign.side == "both":
        yield Reading(note.mention(sign.hit, "unilateral_pitting_edema", False, "negated"))
        yield Reading(note.mention(sign.hit, "entire_leg_swelling", False, "negated"))


def _no_pit(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "左腿按不出坑"."""
    if not (hit.assertion.uncertain or hit.assertion.historical):
        yield Reading(note.mention(hit, "unilateral_pitting_edema", False, "negated"))


def _thicker_calf(note: Note) -> Iterator[_Sign]:
    """One calf measured to be thicker than the other is swollen, whether or not the word is said."""
    for said in read_calf_difference(Normalised(note.original, note.text)):
        thicker = said.fact == "calf_swelling_over_3cm" and said.value is True
        same = said.fact == "calf_difference_cm" and said.value == 0
        if said.fact == "calf_difference_cm" and isinstance(said.value, int | float):
            thicker = said.value >= _CLEARLY_THICKER
        if thicker or same:
            entry = next(one for one in entries() if one.group == "sign" and one.kind == "swelling")
            hit = Hit(said.start, said.end, entry, Assertion(negated=same), None, None)
            yield _Sign(hit, True, False, "both" if same else "one", measured=True)


def _sign(note: Note, hit: Hit, part: str) -> _Sign:
    kind = hit.entry.kind
    swelling = kind in {"swelling", "pitting", "non_pitting", "swelling_and_pain"}
    pain = kind in {"pain", "swelling_and_pain"}
    side = "both" if BOTH.search(part) else "one" if ONE.search(part) else ""
    sides = frozenset(re.findall("[左右]", part))
    if len(sides) == 1 and _OTHER_SAME.match(note.text, hit.end):
        sides = frozenset("左右")
    gone = over(note.text, hit.end, note.text[hit.start : hit.end])
    return _Sign(hit, swelling, pain, side, gone, sides)


def _pitting(note: Note, sign: _Sign, part: str) -> Iterator[Reading]:
    kind, fact, said = sign.hit.entry.kind, "unilateral_pitting_edema", sign.hit.assertion
    if kind in {"non_pitting", "pain"}:
        return  # legs that do not hurt may still be swollen
    single = "单侧" in part or "一侧" in part  # no oedema of one leg alone
    single = single or _of_any_leg(note, sign, part)
    if sign.denied and (kind == "pitting" or sign.side == "both" or (single and kind == "swelling")):
        yield Reading(note.mention(sign.hit, fact, False, "negated"))
    elif sign.present and sign.side == "both" and sign.swelling:
        yield Reading(note.mention(sign.hit, fact, False, "negated", "双侧水肿，不计单侧凹陷性水肿"))
    elif kind != "pitting":
        return
    elif sign.present and sign.side == "one":
        yield Reading(note.mention(sign.hit, fact, True, "affirmed"))
    elif sign.present:
        yield Reading(note.mention(sign.hit, fact, None, "undetermined", "请说明为单侧还是双侧凹陷性水肿"))
    elif said.uncertain or said.doubtful_denial:
        yield Reading(note.mention(sign.hit, fact, None, "undetermined", "原文不确定"))


def _of_any_leg(note: Note, sign: _Sign, part: str) -> bool:
    """ "下肢无水肿": of no leg in particular, so of either."""
    first = max((note.text.rfind(stop, 0, sign.hit.start) for stop in "。;；\n"), default=-1) + 1
    return bool(
        not sign.side
        and not sign.over
        and _ANY_LEG.fullmatch(part)
        and not _OF_ONE.search(note.text, first, sign.hit.end)
        and not _OTHER_SIDE_NEXT.match(note.text, sign.hit.end)
    )


def _no_pitting_anywhere(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "没有凹陷性水肿" denies it of every leg."""
    said = hit.assertion
    if not said.negated or said.uncertain:
        return
    first = max((note.text.rfind(stop, 0, hit.start) for stop in "。;；\n"), default=-1) + 1
    # "水肿(-)，侧支循环(-)": among the signs of the legs it is of them
    among = _LEG_SIGNS.search(note.text, first, note.sentence_end(hit.end))
    own = note.text[note.clause(hit.start)[0] : hit.start].strip("无未见没有也 ")
    words = note.text[hit.start : hit.end]
    if (hit.entry.kind == "pitting" and not (own and words == "凹陷")) or (
        words in {"水肿", "浮肿"} and among and not own
    ):
        yield Reading(note.mention(hit, "unilateral_pitting_edema", False, "negated"))


def _whole_leg(note: Note, sign: _Sign, part: str) -> Iterator[Reading]:
    """No swelling of either leg leaves no whole leg swollen ("双下肢无水肿")."""
    whole = sign.hit.entry.kind == "swelling" and sign.side == "both" and re.search(r"(下肢|腿)", part)
    if sign.denied and whole and "小腿" not in part:
        yield Reading(note.mention(sign.hit, "entire_leg_swelling", False, "negated"))


def _tenderness(note: Note, sign: _Sign, part: str) -> Iterator[Reading]:
    words = note.text[sign.hit.start : sign.hit.end]
    if words not in {"压痛", "触痛"} or not parts()[2].search(part):
        return
    if sign.denied:
        yield Reading(note.mention(sign.hit, "deep_vein_tenderness", False, "negated"))
    elif sign.present:
        yield Reading(note.mention(sign.hit, "deep_vein_tenderness", True, "affirmed"))


def _same_leg(one: _Sign, other: _Sign) -> bool:
    """Whether two signs may be of one leg: "左腿肿，右腿不肿不痛" tells nothing of pain in the left."""
    return not one.sides or not other.sides or bool(one.sides & other.sides)


def _dvt_signs(note: Note, signs: list[_Sign]) -> Iterator[Reading]:
    """A08: swelling and pain of one leg; anything short of both is asked about."""
    swollen = [sign for sign in signs if sign.swelling and sign.present]
    painful = [sign for sign in signs if sign.pain and sign.present]
    one_swollen = [sign for sign in swollen if sign.side != "both"]
    fact = "dvt_signs"
    if one_swollen and [sign for sign in painful if sign.side != "both"]:
        yield Reading(note.mention(one_swollen[0].hit, fact, True, "affirmed", "一侧下肢肿胀并疼痛或压痛"))
    elif one_swollen and any(
        sign.pain and sign.denied and _same_leg(sign, one) for sign in signs for one in one_swollen
    ):
        reason = "有下肢肿胀而无疼痛或压痛，不足以计DVT症状和体征"
        yield Reading(note.mention(one_swollen[0].hit, fact, False, "negated", reason))
    elif any(not sign.measured for sign in one_swollen):
        reason = "有下肢肿胀，请确认有无疼痛或深静脉压痛"
        yield Reading(note.mention(one_swollen[0].hit, fact, None, "undetermined", reason), ASKED)
    elif len(swollen) > len(one_swollen):
        reason = "双侧下肢水肿，是否为DVT症状和体征请确认"
        yield Reading(note.mention(swollen[0].hit, fact, None, "undetermined", reason), ASKED)
    elif not swollen:
        gone = [sign for sign in signs if sign.swelling and sign.denied]
        each = frozenset().union(*(sign.sides for sign in gone)) == frozenset("左右")
        no_pain = any(sign.pain and sign.denied for sign in signs)
        denied = [sign for sign in gone if sign.over or sign.side != "one" or each]
        denied = [sign for sign in denied if no_pain or not sign.measured]
        if denied and not painful:
            yield Reading(note.mention(denied[0].hit, fact, False, "negated"))
