"""What imports are called and what was found in them, in the viewer's language."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.access import viewer
from trainingbase.i18n import language
from trainingbase.roles import Role
from trainingbase.sheets import words as sheet_words

KINDS = {
    "programme": _l("Programmes"),
    "sites": _l("Sites and departments"),
    "faculty": _l("Faculty roster"),
    "residents": _l("Residents"),
    "applicants": _l("Applicants"),
    "plan": _l("Rotation grid"),
    "leaves": _l("Leave"),
    "exams": _l("Examination results"),
    "activities": _l("Teaching activities"),
    "incentives": _l("Incentive rates and budgets"),
}
"""In the order in which a new base brings them in."""
PURPOSES = {
    "programme": _l("Standard departments, months, elective groups, order rules, minimums."),
    "sites": _l("Institutions and agreements; departments with places, closures, secretaries."),
    "faculty": _l("Who teaches where, titles, certificates, how many residents at once."),
    "residents": _l("Residents in training with tutor and credit months; former residents."),
    "applicants": _l("Those who apply to an intake, with their examination scores."),
    "plan": _l("The plan in use, as a draft; short names; months done before it begins."),
    "leaves": _l("Leave asked for, granted and refused."),
    "exams": _l("Annual tests, graduation and licensing examinations, provincial figures."),
    "activities": _l("Teaching activities of a month with speaker and attendance."),
    "incentives": _l("Stipends, allowances, teaching credit, rewards; funding sources."),
}
STATUSES = {
    "accepted": _l("Accepted"),
    "corrected": _l("Corrected"),
    "refused": _l("Refused row"),
}
STATUS_KINDS = {"accepted": "good", "corrected": "info", "refused": "bad"}
WHY = _l("Why it was refused")
OUTCOMES = {
    "created": _l("New"),
    "changed": _l("Changed"),
    "unchanged": _l("Unchanged"),
}
WHY_IGNORED = {
    "title": _l("title"),
    "note": _l("note"),
    "blank": _l("empty"),
    "total": _l("total"),
    "mean": _l("means of the province"),
    "header": _l("header repeated"),
}
LABELS = {
    "name": _l("Name"),
    "phone": _l("Phone"),
    "sex": _l("Sex"),
    "education": _l("Education"),
    "degree": _l("Degree"),
    "school": _l("School"),
    "major": _l("Subject of study"),
    "graduated": _l("Graduated"),
    "licence_number": _l("Licence number"),
    "home_institution": _l("Home institution"),
    "note": _l("Note"),
    "trainee_type": _l("Trainee type"),
    "starts_on": _l("Starts"),
    "ends_on": _l("Ends before"),
    "finished_on": _l("Finished"),
    "certificate_number": _l("Certificate number"),
    "employer": _l("Employer"),
    "programme": _l("Programme"),
    "cohort": _l("Cohort"),
    "tutor": _l("Tutor"),
    "tutees": _l("Tutor of"),
    "credits": _l("Credit months"),
    "months": _l("Months"),
    "may_split": _l("May be split"),
    "shortest_stretch": _l("Shortest stretch"),
    "at_primary_site": _l("At a primary site"),
    "elective_group": _l("Elective group"),
    "no_longer_required": _l("No longer required"),
    "order": _l("Order rule"),
    "within": _l("Within months"),
    "count": _l("Count"),
    "level": _l("Level"),
    "address": _l("Address"),
    "beds": _l("Beds"),
    "catchment": _l("Catchment"),
    "agreement_starts_on": _l("Agreement starts"),
    "agreement_ends_on": _l("Agreement ends before"),
    "has_ct": _l("CT"),
    "has_dr": _l("DR"),
    "has_ultrasound": _l("Ultrasound"),
    "has_ecg": _l("ECG"),
    "has_rehabilitation": _l("Rehabilitation equipment"),
    "most": _l("Most residents"),
    "fewest": _l("Fewest residents"),
    "secretary_name": _l("Secretary"),
    "secretary": _l("Role of secretary given to"),
    "standards": _l("Standard departments"),
    "closures": _l("Closed"),
    "title": _l("Professional title"),
    "scope": _l("Scope of practice"),
    "primary_care_years": _l("Years in primary care"),
    "most_residents": _l("Most residents"),
    "post": _l("Teaches in"),
    "is_second": _l("Second department"),
    "certificate": _l("Certificate"),
    "issued_on": _l("Certificate issued"),
    "department": _l("Department"),
    "colour": _l("Colour"),
    "until_on": _l("Counted before"),
    "no_longer_done": _l("No longer counted as done"),
    "stays": _l("Stays"),
    "kind": _l("Kind"),
    "reason": _l("Reason"),
    "returned_on": _l("Returned"),
    "granted": _l("Granted"),
    "attended": _l("Attended"),
    "written": _l("Written"),
    "interview": _l("Interview"),
    "theory": _l("Theory"),
    "skills": _l("Skills"),
    "theory_passed": _l("Theory passed"),
    "skills_passed": _l("Skills passed"),
    "passed": _l("Passed"),
    "hours": _l("Hours"),
    "speaker": _l("Speaker"),
    "score": _l("Score"),
    "attendees": _l("Attendees"),
    "cancelled": _l("Cancelled"),
    "approved": _l("Approved"),
    "purpose": _l("Purpose"),
    "amount": _l("Amount"),
    "unit": _l("Unit"),
    "monthly_cap": _l("Most a month"),
    "source": _l("Funding source"),
    "budget": _l("Budget"),
}


def reason(problem: dict[str, Any]) -> str:
    """Why a cell was corrected or refused, or what to know about it."""
    return for_this_viewer(
        sheet_words.reason(
            problem["category"],
            language(),
            raw=problem["raw"],
            value=problem["value"],
            **problem["params"],
        )
    )


LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){12,}[\s-]?[\dXxＸｘ]")


def for_this_viewer(text: str) -> str:
    """Only the office reads ID numbers in full, well-formed or not."""
    if viewer().holds(Role.OFFICE):
        return text
    return LONG_NUMBER.sub(lambda found: f"{found[0][:6]}********{found[0][-4:]}", text)


def why_left_out(text: str) -> str:
    """Why a sheet was not read: readers say it in Chinese."""
    if language() == "zh":
        return text
    for chinese, english in sheet_words.IGNORED_SHEETS.values():
        before, _named, _after = chinese.partition("{missing}")
        if text.startswith(before):
            return english.format(missing=text.removeprefix(before))
    return text


def label(name: str) -> str:
    """A field's name; what is no field (a month, a standard department) is named by itself."""
    first, _blank, rest = name.partition(" ")
    if rest and first in LABELS:
        return f"{LABELS[first]} {rest}"
    return str(LABELS.get(name, name))


def listed(texts: Iterable[str]) -> str:
    return ("、" if language() == "zh" else ", ").join(texts)


def kinds(names: Iterable[str]) -> str:
    return listed(str(KINDS[name]) for name in names)


def shown(value: Any) -> str:
    """A cell or a field as text."""
    if value is None or value == "" or value == []:
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return listed(shown(one) for one in value)
    if isinstance(value, dict):
        return listed(f"{name} {shown(one)}" for name, one in value.items())
    text = for_this_viewer(str(value))
    return " · ".join(part for part in text.replace(" || ", " / ").split("|") if part)


def about(noun: str, record: dict[str, Any]) -> tuple[str, str]:
    """Whom or what a row is about, and what tells it from others of that name."""
    name, *more = ABOUT[noun]
    second = listed(shown(record[key]) for key in more if record.get(key) not in (None, []))
    return shown(record.get(name)), second


ABOUT = {
    "requirement": ("standard", "months"),
    "minimum": ("item", "standard", "minimum"),
    "institution": ("name", "level"),
    "department": ("department", "institution"),
    "resident": ("name", "cohort", "programme"),
    "applicant": ("name", "programme", "year"),
    "graduate": ("name", "cohort", "finished"),
    "faculty": ("name", "department", "institution"),
    "legend": ("short", "department", "institution"),
    "plan": ("name", "cohort"),
    "done": ("name", "total"),
    "leave": ("name", "kind", "start", "end"),
    "annual_test": ("name", "year", "theory", "skills"),
    "final_exam": ("name", "year", "theory", "skills"),
    "licence_exam": ("name", "year"),
    "activity": ("topic", "date", "kind", "department"),
    "stipend": ("programme", "trainee_type"),
    "primary_subsidy": ("item", "applies", "amount"),
    "teaching_pay": ("item", "amount"),
    "reward": ("item", "condition", "amount"),
    "fund": ("source", "use"),
}
