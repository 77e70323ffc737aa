"""Every number of a case, from the readers of this folder."""

from __future__ import annotations

from datetime import date

from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities.age import read_age
from rasa_project.reading.quantities.body import read_body
from rasa_project.reading.quantities.dated_rows import read_dated_rows
from rasa_project.reading.quantities.dexamethasone import read_dexamethasone
from rasa_project.reading.quantities.durations import read_lmwh_days, read_prophylaxis_months
from rasa_project.reading.quantities.immunoglobulin import read_absent_m_protein, read_total_immunoglobulin
from rasa_project.reading.quantities.legs import read_calf_difference
from rasa_project.reading.quantities.measure import read_measures
from rasa_project.reading.quantities.pulse import read_pulse
from rasa_project.reading.quantities.renal import read_renal_words
from rasa_project.reading.quantities.settle import settle
from rasa_project.reading.quantities.sex import read_sex


def read_quantities(message: Normalised, today: date) -> list[Mention]:
    """Every quantity of the contract in the message, in reading order.

    ``today`` turns birth dates into completed years. Offsets and words are those of the
    user's own text. At most one mention per fact: values that contradict each other without
    any order in time become one undetermined mention that names them.
    """
    in_rows, message = read_dated_rows(message, today)
    found = in_rows + read_measures(message, today)
    facts = {mention.fact for mention in found}
    if "heart_rate_bpm" not in facts:
        found += read_pulse(message)
    if "m_protein_g_l" not in facts:
        found += read_absent_m_protein(message) or read_total_immunoglobulin(message)
    found += read_body(message, labelled_weight="weight_kg" in facts)
    found += [mention for mention in read_renal_words(message) if mention.fact not in facts]
    found += read_age(message, today) + read_sex(message)
    found += read_calf_difference(message)
    found += read_prophylaxis_months(message, today) + read_lmwh_days(message)
    found += read_dexamethasone(message)
    return settle(message, found)
