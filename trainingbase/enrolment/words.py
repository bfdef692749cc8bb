"""What the fields of a record are called, and fixed words about contracts."""

from flask_babel import lazy_gettext as _l

from trainingbase.words import TRAINEE_TYPES

PAYERS = {
    "base": _l("Training base"),
    "home": _l("Home institution"),
    "school": _l("School"),
    "other": _l("Somebody else"),
}
CLAIM_STATES = {None: _l("Waiting"), True: _l("Approved"), False: _l("Not approved")}
CLAIM_KINDS = {None: "waiting", True: "good", False: "bad"}
FIELDS = {
    "name": _l("Name"),
    "name_en": _l("Name in English"),
    "id_number": _l("ID number"),
    "sex": _l("Sex"),
    "phone": _l("Phone"),
    "email": _l("E-mail"),
    "address": _l("Address"),
    "emergency_name": _l("Emergency contact"),
    "emergency_phone": _l("Emergency contact's phone"),
    "photo": _l("Photo"),
    "education": _l("Education"),
    "degree": _l("Degree"),
    "school": _l("School"),
    "major": _l("Major"),
    "graduated": _l("Graduated"),
    "licence_number": _l("Licence number"),
    "trainee_type": _l("Trainee type"),
    "home_institution": _l("Home institution"),
    "cohort_id": _l("Cohort"),
    "programme_id": _l("Programme"),
    "starts_on": _l("From"),
    "ends_on": _l("Until before"),
    "tutor_id": _l("Tutor"),
    "note": _l("Note"),
    "number": _l("Contract number"),
    "signed_on": _l("Signed"),
    "payer": _l("Who pays the salary"),
    "payer_name": _l("Name of the payer"),
    "file": _l("File"),
    "years": _l("Years of service"),
    "place": _l("Place of service"),
    "penalty": _l("Terms of a breach"),
    "penalty_amount": _l("Penalty (yuan)"),
    "counts": _l("What counts as service"),
    "ended_on": _l("Ended on"),
    "ended_why": _l("How it ended"),
    "counted": _l("Months that count"),
}
VALUES = {"trainee_type": TRAINEE_TYPES, "payer": PAYERS}
HIDDEN = ("id_number", "licence_number", "address", "emergency_name", "emergency_phone", "email")
"""Fields whose values only the office reads, in the history too."""
