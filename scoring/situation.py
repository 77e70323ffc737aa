"""What every rule looks at: the closed case and its scores, and which branch it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from .closure import Case
from .facts import FACTS, names_a_drug
from .intervals import tier_masks
from .regimens import regimen
from .scores import Score

CONFIRMED = ("dvt", "proximal_dvt", "distal_dvt", "pe")
SUSPECTED = ("suspected_dvt", "suspected_pe")
DEX = "dexamethasone_mg_per_cycle"
DRUG_TIERS = frozenset({"low", "high", "very_high"})


@dataclass(frozen=True)
class Situation:
    """A case with its scores. `shown` are the scores that were asked for or that a fact bears on."""

    case: Case
    mm_vte: Score
    bleeding: Score
    wells_dvt: Score
    wells_pe: Score
    shown: frozenset[str]
    asked: frozenset[str]
    special: tuple[str, ...] = ()
    """What the consensus does not cover: ids of special.toml."""

    def score(self, name: str) -> Score:
        """One of the four scores by name."""
        return {s.scale.name: s for s in (self.mm_vte, self.bleeding, self.wells_dvt, self.wells_pe)}[name]

    @property
    def event(self) -> str | None:
        """The VTE event in question, None when none is known."""
        return self.case.text("vte_event")

    @property
    def confirmed(self) -> bool:
        """An established VTE: the treatment branch."""
        return self.event in CONFIRMED

    @property
    def suspected(self) -> bool:
        """A suspected VTE: the diagnosis branch."""
        return self.event in SUSPECTED

    @property
    def withheld(self) -> tuple[str, ...]:
        """Facts that could change the tier: undetermined ones, the dexamethasone dose of a regimen."""
        held = [
            fact
            for fact in self.mm_vte.deciding
            if self.case.undetermined(fact) or (fact == DEX and contains_dexamethasone(self.case))
        ]
        return tuple(held)

    @property
    def drug_deciding(self) -> tuple[str, ...]:
        """Facts that decide between drug prophylaxis and none."""
        result = self.mm_vte
        return tuple(result.interval.pivotal(tier_masks(result.scale, (frozenset({"none"}), DRUG_TIERS))))

    @property
    def drug_tier(self) -> bool:
        """Whether the points call for drug prophylaxis."""
        return self.mm_vte.tier != "none"

    @property
    def drugs_possible(self) -> bool:
        """Whether drug prophylaxis can still result."""
        return self.mm_vte.can_be(*DRUG_TIERS)


def contains_dexamethasone(case: Case) -> bool:
    """Whether the current regimen is known to contain dexamethasone, or a steroid that may well be it."""
    known = regimen(case.text("regimen"))
    if known is not None:
        return known.contains_dexamethasone
    return case.true("glucocorticoid")


def on_prophylaxis(case: Case) -> bool:
    """Whether VTE prophylaxis is known to have been going on."""
    return (case.number("months_on_prophylaxis") or 0) > 0


def current_anticoagulant(case: Case) -> str | None:
    """The anticoagulant being taken, in words, None when none is known."""
    drug = case.text("current_anticoagulant")
    if names_a_drug(drug):
        return drug
    return "华法林" if case.true("on_warfarin") else None


def independent_indication(case: Case) -> str | None:
    """U3: why anticoagulation has a reason of its own (AF, valve, already given); None if it has not."""
    reasons = [
        FACTS[fact].label for fact in ("atrial_fibrillation", "mechanical_heart_valve") if case.true(fact)
    ]
    drug = current_anticoagulant(case)
    if drug and (reasons or not on_prophylaxis(case)):
        reasons.append(f"正在使用{drug}")
    return "、".join(reasons) or None
