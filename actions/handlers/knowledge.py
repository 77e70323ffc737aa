"""Knowledge: statements of the consensus, and table 4 drug by drug."""

from __future__ import annotations

import re
from typing import Any

from actions.handlers.assessment import want
from actions.handlers.explain import of_case
from actions.handlers.statements import find_statements, statement
from actions.message import Segment
from actions.reply.cards import Reply, card, source_name
from actions.reply.score_text import score_named
from actions.turn import Turn
from actions.wording import say
from scoring import drug_relation

#: "wells几分": while a patient is spoken of, it is theirs that is asked for.
OWN_SCORE = re.compile(r"^[^，。]{0,10}(几分|多少分|啥分|得分|分数)[呢啊呀了]?[\s？?。!]*$")

#: "置管怎么两个表都算": how this patient's items were counted.
HOW_COUNTED = re.compile(r"(为什么|为何|为啥|怎么|咋|凭什么)[^，。]{0,12}([加扣]|算|计|分)")


def drug_relation_of(turn: Turn, segment: Segment) -> list[str]:
    """The drugs that the question is about, for a pronoun the last one spoken of."""
    named = [one["value"] for one in turn.message.helpers("drug", segment)]
    known = [drug for drug in dict.fromkeys(named) if drug_relation(drug)]
    if not named and turn.case.drug and drug_relation(turn.case.drug):
        known = [turn.case.drug]
    if known:
        turn.case.drug = known[-1]
    return known


def drug_relation_reply(turn: Turn, segment: Segment) -> list[Reply]:
    """Table 4, one row a drug; the whole table when no drug is named."""
    rows = [row for drug in drug_relation_of(turn, segment) if (row := drug_relation(drug))]
    turn.question_settled = not turn.intake.changed
    if not rows:
        return knowledge(turn, segment)
    return [rows_reply(rows)]


def rows_reply(rows: list[dict[str, Any]]) -> Reply:
    """Rows of table 4 as a card."""
    text = "\n".join(f"· {row['label']}：{row['text']}（{source_name(row['source'])}）" for row in rows)
    return card("answer", text, {"rows": rows, "source": rows[0]["source"]})


def knowledge(turn: Turn, segment: Segment) -> list[Reply]:
    """The statement of the consensus that answers the question; of this patient's points, the points."""
    if turn.case.facts and OWN_SCORE.search(segment.text):
        return want(turn, segment, score_named(segment.text) or "mm_vte")
    if turn.case.facts and HOW_COUNTED.search(segment.text) and (reasons := of_case(turn, segment)):
        return reasons
    turn.question_settled = not turn.intake.changed
    if turn.intake.changed:
        # The case is answered by its assessment; a guess at what else was meant would bury it.
        known = statement(segment.text)
        return [known] if known else []
    return find_statements(turn, segment) or [Reply(say("reply.knowledge_none"))]
