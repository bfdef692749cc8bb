"""Format `trainingbase-plan/1`: reading with the JSON path of every fault, and writing."""

import json
import os
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from trainingbase.planner.files.json_reading import At, parsed
from trainingbase.planner.files.problem_file import placement_from_json
from trainingbase.planner.plan import (
    STATUSES,
    Bottleneck,
    Cost,
    Explanation,
    Fact,
    Plan,
    Remedy,
    Unplaced,
)
from trainingbase.planner.problem_json import placement_to_json

FORMAT = "trainingbase-plan/1"


def read_plan(path: str | Path) -> Plan:
    """Raises FormatError for a file that is no plan, OSError for one that cannot be read."""
    return plan_from_json(parsed(path))


def plan_from_json(document: Any) -> Plan:
    """Only `format` and `placements` must be there; a plan made by hand need claim no cost."""
    root = At(document)
    found = root.get("format").text()
    if found != FORMAT:
        raise root.get("format").fault(f"is {found!r}, expected {FORMAT!r}")
    bound = root.get("bound", None)
    return Plan(
        status=root.get("status", "feasible").one_of(STATUSES, "status"),
        placements=tuple(placement_from_json(at) for at in root.get("placements").items()),
        cost=_cost(root.get("cost", {})),
        bound=None if bound.value is None else bound.number(),
        seconds=root.get("seconds", 0).number(),
        unplaced=tuple(
            Unplaced(
                at.get("resident").text(),
                at.get("requirement").text(),
                at.get("because", []).texts(),
            )
            for at in root.get("unplaced", []).items()
        ),
        explanation=tuple(_explanation(at) for at in root.get("explanation", []).items()),
        bottlenecks=tuple(
            Bottleneck(
                at.get("department").text(), at.get("period").integer(), at.get("value").number()
            )
            for at in root.get("bottlenecks", []).items()
        ),
    )


def _cost(at: At) -> Cost:
    names = Cost.__dataclass_fields__
    return Cost(**{key: value.number() for key, value in at.entries() if key in names})


def _explanation(at: At) -> Explanation:
    text = at.get("text", "")
    in_both = isinstance(text.value, dict)
    return Explanation(
        zh=text.get("zh", "").text() if in_both else at.get("zh", text.text()).text(),
        en=text.get("en", "").text() if in_both else at.get("en", text.text()).text(),
        rules=at.get("rules", []).texts(),
        residents=at.get("residents", []).texts(),
        departments=at.get("departments", []).texts(),
        periods=tuple(item.integer() for item in at.get("periods", []).items()),
        requirements=at.get("requirements", []).texts(),
        needed=at.get("needed", None).value,
        available=at.get("available", None).value,
        remedies=tuple(
            Remedy(
                one.get("change").mapping(),
                one.get("then").text(),
                one.get("cost", None).value,
                one.get("effort", None).value,
            )
            for one in at.get("remedies", []).items()
        ),
        proven=at.get("proven", False).truth(),
        needed_by_all=at.get("needed_by_all", None).value,
        facts=tuple(_fact(one) for one in at.get("facts", []).items()),
    )


def _fact(at: At) -> Fact:
    return Fact(
        at.get("rule").text(),
        at.get("requirements", []).texts(),
        at.get("departments", []).texts(),
        tuple(item.integer() for item in at.get("periods", []).items()),
        at.get("count", None).value,
    )


def write_plan(plan: Plan, path: str | Path) -> None:
    """Written beside and moved into place, so that an interrupt leaves the old file or the new.

    A target that is no file (a device, a pipe) is written to as it is.
    """
    target = Path(path)
    text = json.dumps(plan_to_json(plan), ensure_ascii=False, indent=1) + "\n"
    if target.exists() and not target.is_file():
        target.write_text(text, encoding="utf-8")
        return
    trial = beside(target)
    try:
        trial.write_text(text, encoding="utf-8")
        os.replace(trial, target)
    finally:
        trial.unlink(missing_ok=True)


def beside(target: Path) -> Path:
    """A name next to it that no other process and no other thread uses."""
    return target.with_name(f".{target.name[:200]}.{os.getpid()}.{threading.get_ident()}")


def plan_to_json(plan: Plan) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "status": plan.status,
        "placements": [placement_to_json(one) for one in plan.placements],
        "cost": plan.cost.by_part(),
        "bound": plan.bound,
        "seconds": round(plan.seconds, 3),
        "unplaced": [
            {"resident": one.resident, "requirement": one.requirement, "because": [*one.because]}
            for one in plan.unplaced
        ],
        "explanation": [_explanation_json(one) for one in plan.explanation],
        "bottlenecks": [
            {"department": one.department, "period": one.period, "value": one.value}
            for one in plan.bottlenecks
        ],
        **plan.more,
    }


def _explanation_json(one: Explanation) -> dict[str, Any]:
    return {
        "text": f"{one.zh} / {one.en}",
        "zh": one.zh,
        "en": one.en,
        "rules": list(one.rules),
        "residents": list(one.residents),
        "departments": list(one.departments),
        "periods": list(one.periods),
        "requirements": list(one.requirements),
        "needed": one.needed,
        "available": one.available,
        "needed_by_all": one.needed_by_all,
        "proven": one.proven,
        "facts": [asdict(fact) for fact in one.facts],
        "remedies": [asdict(remedy) for remedy in one.remedies],
    }
