"""What a turn of a case file may expect of the reply (`expect`), and how it is compared:

* kinds, no_kinds: kinds of cards that must (not) be in the reply; "answer|advice" is either
* facts: exact values in the assessment's facts (null: mentioned but undetermined; {near, tol}: about)
* absent: facts that must not be in it; only: the facts that may be in it and no others;
  not_true: absent, null or false; not_value: any value but this one
* scores: for each score the expected points, tier, settled, range, tier_range, two_level
* codes, no_codes, codes_any: advice codes anywhere in the reply; doses: code -> amounts; amounts: of any code
* asks: facts that are asked for
* text, no_text: substrings ("a|b" is either) of the reply's text
* any_of: alternatives, one of which must hold
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from conversation_replies import Reply, advice_items, all_text, amounts, asked, assessment, cards, same

MISSING = "<absent>"
NOT_PUT_FORWARD = {"reference", "avoid", "contraindicated"}


def _kinds(expected: list[str], reply: Reply) -> Iterator[str]:
    have = {card["kind"] for card in cards(reply)}
    for kind in expected:
        if not have & set(kind.split("|")):
            yield f"no {kind} card; kinds: {sorted(have)}"


def _no_kinds(expected: list[str], reply: Reply) -> Iterator[str]:
    have = {card["kind"] for card in cards(reply)}
    if unwanted := have & set(expected):
        yield f"unwanted card: {sorted(unwanted)}"


def _fact_check(reply: Reply, check: Callable[[dict[str, Any]], Iterator[str]]) -> Iterator[str]:
    data = assessment(reply)
    if data is None:
        yield "no assessment card to look for facts in"
    else:
        yield from check(data["facts"])


def _facts(expected: dict[str, Any], reply: Reply) -> Iterator[str]:
    def check(facts: dict[str, Any]) -> Iterator[str]:
        for name, value in expected.items():
            got = facts.get(name, MISSING)
            if not same(value, got):
                yield f"fact {name}: expected {value!r}, got {got!r}"

    yield from _fact_check(reply, check)


def _absent(expected: list[str], reply: Reply) -> Iterator[str]:
    yield from _fact_check(
        reply, lambda facts: (f"fact {n} should be absent, is {facts[n]!r}" for n in expected if n in facts)
    )


def _only(expected: list[str], reply: Reply) -> Iterator[str]:
    data = assessment(reply)
    facts = data["facts"] if data else {}
    yield from (f"fact {n} was not said, is {facts[n]!r}" for n in facts if n not in expected)


def _not_true(expected: list[str], reply: Reply) -> Iterator[str]:
    data = assessment(reply)
    facts = data["facts"] if data else {}
    yield from (f"fact {name} must not be true" for name in expected if facts.get(name) is True)


def _not_value(expected: dict[str, Any], reply: Reply) -> Iterator[str]:
    data = assessment(reply)
    facts = data["facts"] if data else {}
    for name, value in expected.items():
        if name in facts and same(value, facts[name]):
            yield f"fact {name} must not be {value!r}"


def _scores(expected: dict[str, dict[str, Any]], reply: Reply) -> Iterator[str]:
    data = assessment(reply)
    if data is None:
        yield "no assessment card to look for scores in"
        return
    for name, fields in expected.items():
        got = data["scores"].get(name)
        if got is None:
            yield f"score {name} missing"
            continue
        wrong = {k: (v, got.get(k, MISSING)) for k, v in fields.items() if not same(v, got.get(k, MISSING))}
        if wrong:
            present = [(i["id"], i["points"]) for i in got.get("items", []) if i.get("status") == "present"]
            fields_wrong = ", ".join(f"{k} expected {e}, got {g}" for k, (e, g) in wrong.items())
            yield f"score {name}: {fields_wrong}; present: {present}"


def _codes(expected: list[str], reply: Reply) -> Iterator[str]:
    have = {item["code"] for item in advice_items(reply)}
    yield from (f"code {code} missing; codes: {sorted(have)}" for code in expected if code not in have)


def _no_codes(expected: list[str], reply: Reply) -> Iterator[str]:
    """A code shown for information only (modality reference) is not put forward and does not count."""
    have = {item["code"] for item in advice_items(reply) if item.get("modality") not in NOT_PUT_FORWARD}
    yield from (f"unwanted code {code}" for code in expected if code in have)


def _codes_any(expected: list[str], reply: Reply) -> Iterator[str]:
    have = {item["code"] for item in advice_items(reply)}
    if not have & set(expected):
        yield f"none of {expected}; codes: {sorted(have)}"


def _doses(expected: dict[str, list[float]], reply: Reply) -> Iterator[str]:
    for code, wanted in expected.items():
        got = amounts([item for item in advice_items(reply) if item["code"] == code])
        missing = [amount for amount in wanted if not any(same(amount, g) for g in got)]
        yield from (f"dose of {code}: expected {amount}, got {got}" for amount in missing)


def _amounts(expected: list[float], reply: Reply) -> Iterator[str]:
    got = amounts(advice_items(reply))
    yield from (f"no dose of {w}; amounts: {got}" for w in expected if not any(same(w, g) for g in got))


def _asks(expected: list[str], reply: Reply) -> Iterator[str]:
    have = asked(reply)
    yield from (f"{name} is not asked; asked: {sorted(have)}" for name in expected if name not in have)


def _text(expected: list[str], reply: Reply) -> Iterator[str]:
    text = all_text(reply)
    for alternatives in expected:
        if not any(option in text for option in alternatives.split("|")):
            yield f"text lacks {alternatives!r}"


def _no_text(expected: list[str], reply: Reply) -> Iterator[str]:
    text = all_text(reply)
    yield from (f"text must not hold {unwanted!r}" for unwanted in expected if unwanted in text)


def _any_of(expected: list[dict[str, Any]], reply: Reply) -> Iterator[str]:
    results = [differences(option, reply) for option in expected]
    if all(results):
        yield f"no alternative holds: {results}"


CHECKS: dict[str, Callable[[Any, Reply], Iterator[str]]] = {
    "kinds": _kinds,
    "no_kinds": _no_kinds,
    "facts": _facts,
    "absent": _absent,
    "only": _only,
    "not_true": _not_true,
    "not_value": _not_value,
    "scores": _scores,
    "codes": _codes,
    "no_codes": _no_codes,
    "codes_any": _codes_any,
    "doses": _doses,
    "amounts": _amounts,
    "asks": _asks,
    "text": _text,
    "no_text": _no_text,
    "any_of": _any_of,
}


def differences(expect: dict[str, Any], reply: Reply) -> list[str]:
    """What of `expect` the reply does not meet. An unknown key is an error in the case file."""
    return [line for key, value in expect.items() for line in CHECKS[key](value, reply)]
