"""How many questions lead to a settled decision, against a plain form that asks every factor in turn.

Random patients (a fixed seed; prevalences below are assumptions, not data) are told to the bot by a short
first note, as a clinician would paste one, and every question is then answered truthfully. Nothing is asked
of the user that the first note said. Run ``python -m benchmarks.questions``.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from statistics import mean, median

from actions.case import Case, FactValue
from actions.questions import groups, next_question
from scoring import FACTS, assess, close

#: How often a factor is present in a simulated patient.
PREVALENCE = {
    "imid": 0.7, "carfilzomib": 0.1, "anthracycline_chemotherapy": 0.1, "erythropoietin": 0.1,
    "central_venous_catheter": 0.3, "glucocorticoid": 0.9, "chemotherapy": 0.3, "diabetes": 0.15,
    "history_vte": 0.07, "bedridden_over_72h": 0.1, "fracture_pelvis_hip_femur": 0.05,
    "active_bleeding": 0.03, "bleeding_within_3_months": 0.08, "active_cancer": 0.95, "mm_active": 0.8,
}  # fmt: skip
RARE = 0.03
NUMBERS = {
    "age_years": (40, 88), "bmi": (17, 32), "weight_kg": (42, 95), "height_cm": (150, 182),
    "m_protein_g_l": (0, 70), "platelets_e9_l": (20, 300), "gfr": (10, 110), "inr": (0.8, 1.6),
    "heart_rate_bpm": (60, 120), "months_on_prophylaxis": (0, 12), "lmwh_days": (0, 10),
}  # fmt: skip
DEXAMETHASONE = (0, 80, 120, 160, 320, 480)
#: What a first note says: always these, and each of the others half of the time.
ALWAYS_TOLD = ("age_years", "sex", "imid", "regimen")
OFTEN_TOLD = (
    "dexamethasone_mg_per_cycle",
    "platelets_e9_l",
    "gfr",
    "bmi",
    "m_protein_g_l",
    "history_vte",
    "diabetes",
)


def patient(rng: random.Random) -> dict[str, FactValue]:
    """A random patient with every fact known, without contradictions."""
    truth: dict[str, FactValue] = {}
    for fact, spec in FACTS.items():
        if spec.kind == "bool":
            truth[fact] = rng.random() < PREVALENCE.get(fact, RARE)
        elif fact in NUMBERS:
            low, high = NUMBERS[fact]
            truth[fact] = round(rng.uniform(low, high), 1 if fact in ("bmi", "inr") else 0)
    truth["sex"] = rng.choice(("male", "female"))
    truth["dexamethasone_mg_per_cycle"] = rng.choice(DEXAMETHASONE)
    truth["glucocorticoid"] = truth["dexamethasone_mg_per_cycle"] != 0
    truth["regimen"] = "VRd" if truth["imid"] else "Vd"
    truth["current_anticoagulant"] = truth["current_antiplatelet"] = "无"
    truth["on_warfarin"] = truth["other_risk_factors_denied"] = truth["renal_function_normal"] = False
    for implied, by in (("history_vte", "history_dvt"), ("immobilized_over_3_days", "bedridden_over_72h"),
                        ("chemotherapy", "anthracycline_chemotherapy"),
                        ("bleeding_within_3_months", "active_bleeding")):  # fmt: skip
        truth[implied] = bool(truth[implied] or truth[by])
    return truth


def first_note(truth: dict[str, FactValue], rng: random.Random) -> dict[str, FactValue]:
    """What the clinician tells at first."""
    told = [*ALWAYS_TOLD, *(fact for fact in OFTEN_TOLD if rng.random() < 0.5)]
    return {fact: truth[fact] for fact in told}


def questions_asked(truth: dict[str, FactValue], facts: dict[str, FactValue], limit: int = 60) -> int:
    """Questions until nothing can change the decision any more."""
    case = Case(facts=dict(facts))
    for count in range(limit):
        question = next_question(assess(case.facts), case)
        if question is None:
            return count
        for fact in question.facts:
            case.facts[fact] = truth.get(fact)
            if truth.get(fact) is None:
                case.declined.append(fact)
    raise RuntimeError(f"no end after {limit} questions")


def form_length(facts: dict[str, FactValue]) -> int:
    """A plain form asks each factor of tables 5 and 6 and each precondition of a dose that was not told."""
    scores = assess({}, asked=["mm_vte", "bleeding"])["scores"].values()
    wanted = {fact for score in scores for item in score["items"] for fact in item["facts"]}
    wanted |= {"active_bleeding", "coagulopathy", "current_anticoagulant", "current_antiplatelet"}
    return len(wanted - set(close(facts)))


def main() -> None:
    """Print the distribution."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20220101)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    bot, form = [], []
    for _ in range(arguments.cases):
        truth = patient(rng)
        facts = first_note(truth, rng)
        bot.append(questions_asked(truth, facts))
        form.append(form_length(facts))
    within = sum(count <= 3 for count in bot) / len(bot)
    print(f"{len(bot)} random cases, seed {arguments.seed}, {len(groups())} question groups")
    print(
        f"questions to a settled decision: median {median(bot)}, mean {mean(bot):.1f}; <= 3 in {within:.0%}"
    )
    print(f"plain form, one factor a question: median {median(form)}, mean {mean(form):.1f}")
    print(f"ratio of means: {mean(bot) / mean(form):.2f}")
    print("distribution:", dict(sorted(Counter(bot).items())))


if __name__ == "__main__":
    main()
