"""Single numbers, each with its target and its rows."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from trainingbase.i18n import number
from trainingbase.quality.figures import Asking
from trainingbase.quality.queries import assessing, base


@dataclass(frozen=True)
class Tile:
    """`link` is an endpoint with its arguments; `good` None where there is no target."""

    label: str
    number: str
    unit: str = ""
    target: str | None = None
    good: bool | None = None
    link: tuple[str, dict] | None = None
    more: str = ""
    keeps_filter: bool = field(default=False)


def tiles(asking: Asking) -> list[Tile]:
    limits = asking.limits
    return [
        _first_pass(float(limits["first_pass_target"])),
        _certificates(asking, years=int(limits["certificate_years"])),
        _hours(asking, due_days=int(limits["request_due_days"])),
        _activities(asking),
    ]


def _first_pass(target: float) -> Tile:
    found, label = base.first_pass(), _("First-attempt graduation pass rate")
    if found is None:
        return Tile(label, "—", target=f"{number(target)} %")
    province = _(", ").join(
        f"{name} {number(found.province[part])} %"
        for part, name in (("theory", _("theory")), ("skills", _("skills")))
        if part in found.province
    )
    said = _("%(passed)s of %(sat)s, %(year)s", passed=found.passed, sat=found.sat, year=found.year)
    if province:
        said = _("%(said)s; province: %(province)s", said=said, province=province)
    return Tile(
        label,
        number(found.share),
        "%",
        target=f"{number(target)} %",
        good=found.share is not None and found.share >= target,
        link=("quality.rows", {"name": "graduation"}),
        more=said,
    )


def _certificates(asking: Asking, *, years: int) -> Tile:
    valid, everybody = base.certificates(asking.today, years=years)
    return Tile(
        _("Faculty with a valid certificate"),
        number(valid),
        f"/ {everybody}",
        target="100 %",
        good=valid == everybody and everybody > 0,
        link=("faculty.roster", {"certificate": "lapsing"}),
        more=_("valid for %(years)s years", years=years),
    )


def _hours(asking: Asking, *, due_days: int) -> Tile:
    hours, forms = assessing.median_hours(asking.scope)
    return Tile(
        _("Median hours until a form is submitted"),
        "—" if hours is None else number(round(hours, 1)),
        _("h"),
        target=_("within %(days)s days", days=due_days),
        good=None if hours is None else hours <= due_days * 24,
        link=("quality.rows", {"name": "requests"}),
        more=_("of %(count)s answered requests", count=forms),
        keeps_filter=True,
    )


def _activities(asking: Asking) -> Tile:
    return Tile(
        _("Teaching activities that count"),
        number(base.activities_counted(asking.scope)),
        link=("quality.rows", {"name": "activities"}),
        more=_("approved and not cancelled, all cohorts"),
        keeps_filter=True,
    )
