"""How this base lets people sign in and out."""

from trainingbase.codes import Code
from trainingbase.thresholds.queries import values
from trainingbase.training.rules.times import IN, Signing

PURPOSES = {"in": "activity in", "out": "activity out"}


def signing() -> Signing:
    """The base's rule, in one statement."""
    known = values()
    return Signing(
        opens_before=int(known["activity_opens_before"]),
        closes_after=int(known["activity_closes_after"]),
        late_after=int(known["activity_late_after"]),
        with_out=bool(known["activity_sign_out"]),
        out_before=int(known["activity_out_before"]),
        out_after=int(known["activity_out_after"]),
        one_device=bool(known["activity_one_device"]),
        outsiders=bool(known["activity_outsiders"]),
        seconds=int(known["activity_code_seconds"]),
        list_days=int(known["activity_list_days"]),
    )


def code_of(secret: str, activity_id: int, what: str, seconds: int) -> Code:
    """What the speaker's screen shows for signing in or out of this activity."""
    return Code(secret, PURPOSES.get(what, PURPOSES[IN]), activity_id, seconds)
