"""What a text is about, by the concepts it names: clots, myeloma, or what has guidance of its own."""

from __future__ import annotations

from collections.abc import Mapping

from rasa_project.nlu.intent_features import concepts

#: Group ("foreign", "subject", "aspect", "dialogue") -> the concepts of it that a text names.
Names = Mapping[str, set[str]]

CLOTS = {"vte", "clot", "wells"}
MYELOMA = {"myeloma", "imid", "myeloma_drug", "catheter", "leg_sign"}
_OTHER_LEGS = {"animal_plant", "woman_child"}
_OTHER_MATTERS = _OTHER_LEGS | {
    "other_vessel",
    "other_heart",
    "other_anticoagulation",
    "other_cancer",
    "food",
    "money",
    "service",
    "prognosis",
    "drug_leaflet",
    "small_world",
    "myeloma_other",
}
_OTHER_GUIDANCE = {"other_cancer", "other_anticoagulation", "other_score", "woman_child", "animal_plant"}
_OTHER_VESSELS = {"other_vessel", "other_heart"}
_CHEMOTHERAPY = {"imid", "myeloma_drug", "steroid"}
_AGAINST_CLOTS = {"anticoagulant", "anticoagulate", "aspirin", "prophylaxis", "therapy", "catheter"}
_COVERED = CLOTS | MYELOMA | {"anticoagulant", "anticoagulate", "prophylaxis"}
_ASKING = {
    "question",
    "suspicion",
    "how_to_treat",
    "which_drug",
    "definition",
    "examination",
    "symptom",
    "cause",
    "why",
}
_FOLLOW_UP = 14


def names_in(text: str) -> Names:
    """The concepts that ``text`` names, by group."""
    found = concepts(text)
    return {
        group: {one.partition(":")[2] for one in found if one.startswith(f"{group}:")}
        for group in ("foreign", "subject", "aspect", "dialogue")
    }


def is_about_clots(names: Names) -> bool:
    """Whether it is about clots in veins, a swollen leg or an arm with a catheter, and nothing else."""
    swollen_leg = {"leg_sign", "one_side"} <= names["subject"] and not names["foreign"] & _OTHER_LEGS
    arm_with_catheter = {"arm_sign", "catheter"} <= names["subject"]
    return (
        swollen_leg
        or arm_with_catheter
        or bool(names["subject"] & CLOTS and not names["foreign"] & _OTHER_MATTERS)
    )


def is_prevention_in_myeloma(names: Names) -> bool:
    """Whether clots or their prevention in myeloma are named, beside at most an indication or operation."""
    return (
        "myeloma" in names["subject"]
        and bool(names["subject"] & (CLOTS | {"prophylaxis", "anticoagulate"}))
        and names["foreign"] <= {"other_anticoagulation"}
    )


def is_elsewhere(names: Names) -> bool:
    """Whether what is named has guidance of its own: another cancer, a dialysis circuit, pregnancy, a stroke.

    Not when myeloma is named too, when it is a patient's past, or when it is asked what the consensus says.
    """
    if names["subject"] & MYELOMA or names["aspect"] & {"knowledge", "past"}:
        return False
    if names["foreign"] & _OTHER_GUIDANCE:
        return True
    another = bool(names["foreign"] & _OTHER_VESSELS)
    return another and not names["subject"] & {"vte", "wells", "prophylaxis"}


def is_covered(names: Names) -> bool:
    """Whether anything is named that makes the message one for this assistant, whatever else it tells."""
    return bool(names["subject"] & _COVERED)


def is_chemotherapy(names: Names) -> bool:
    """Whether drugs against myeloma are named, and nothing against clots."""
    return bool(names["subject"] & _CHEMOTHERAPY and not names["subject"] & (CLOTS | _AGAINST_CLOTS))


def is_heart_only(names: Names) -> bool:
    """Whether atrial fibrillation or a valve is named, and neither clots nor myeloma."""
    others = CLOTS | MYELOMA | {"prophylaxis"}
    return "heart_indication" in names["subject"] and not names["subject"] & others


def asks(names: Names) -> bool:
    """Whether anything besides a question mark asks: for a score, a drug, a cause, what to do."""
    asked_of = names["aspect"] - {"patient", "past", "lab", "response", "drug_pair"}
    return bool(asked_of or names["dialogue"] & _ASKING or "wells" in names["subject"])


def is_follow_up(text: str) -> bool:
    """Whether the text is as short as a question that leaves its subject to what was said before."""
    return len(text.strip()) <= _FOLLOW_UP


def has_no_subject(names: Names, text: str) -> bool:
    """Whether a question names nothing the consensus covers, and is no follow-up either."""
    if names["subject"]:
        return False
    return bool(names["foreign"]) or not (
        is_follow_up(text) or names["aspect"] & {"score", "tier", "knowledge"}
    )
