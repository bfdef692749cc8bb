"""Changing a draft by hand: a placement moved or swapped, and changes taken back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options
from trainingbase.roles import Role
from trainingbase.rotations import actions
from trainingbase.rotations.forms import MoveForm, SwapForm, UndoForm
from trainingbase.rotations.models import AlreadyPublished, Plan
from trainingbase.rotations.queries import editing as queries
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.judging import Judgement, judge
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.routes.arranging import take_back
from trainingbase.rotations.rules.halves import period_of
from trainingbase.rotations.rules.moves import Change, moved, swapped
from trainingbase.rotations.rules.rows import Row, from_json
from trainingbase.rotations.speaking import Speaker


@rotations.route("/plans/<int:plan_id>/rows/<int:row_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def row(plan_id: int, row_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    planned = queries.planned(plan, row_id)
    judgement = judge(plan)
    page = _Page(plan, queries.as_row(planned), judgement)
    wanted = request.form.get("what", "")
    form = page.swap if wanted.startswith("swap") else page.move
    if request.method == "POST" and form.validate_on_submit():
        removed, added = page.change(form)
        if not added:
            page.message = _("Nothing would change.")
        elif wanted.endswith("-check"):
            page.check(removed, added)
        elif page.save(form, removed, added):
            return redirect(url_for("rotations.plan_grid", plan_id=plan.id, search=page.person))
    return page.shown(planned), page.status


class _Page:
    """The page of one row: its two forms, and what came of a check or of saving."""

    def __init__(self, plan: Plan, row: Row, judgement: Judgement) -> None:
        self.plan, self.row, self.judgement = plan, row, judgement
        self.begin = plan.starts_on
        self.problem = judgement.problem
        self.names = names_of(one.resident for one in judgement.rows)
        self.speaker = Speaker(self.names, self.begin)
        self.person = self.speaker.person(row.resident)
        self.mine = [one for one in judgement.rows if one.resident == row.resident]
        self.breaches, self.checked, self.message, self.status = None, False, None, 200
        sent = request.form.get("what", "") if request.method == "POST" else ""
        usual = {
            "where": f"{row.department}-{row.standard}",
            "month": row.starts_on.replace(day=1),
            "half": period_of(self.begin, row.starts_on) % 2,
            "version": plan.version,
        }
        self.move = MoveForm(data=usual, **({} if sent.startswith("move") else {"formdata": None}))
        self.move.where.choices = options(self._departments())
        self.swap = SwapForm(
            data={"version": plan.version},
            **({} if sent.startswith("swap") else {"formdata": None}),
        )
        self.swap.other.choices = options(self._others())

    def _departments(self) -> dict[str, str]:
        """Those that offer the same standard department first."""
        offers = sorted(queries.offers(), key=lambda one: (one[1] != self.row.standard, one))
        return {
            f"{where}-{what}": f"{self.speaker.standard(what)}: {self.speaker.place(where)}"
            for where, what in offers
        }

    def _others(self) -> dict[int, str]:
        today = clock.today()
        return {
            number: f"{self.speaker.span(one)} {self.speaker.place(one.department)}"
            for number, one in enumerate(self.mine)
            if one != self.row and one.starts_on > today
        }

    def change(self, form: MoveForm | SwapForm) -> Change:
        if isinstance(form, SwapForm):
            return swapped(self.begin, self.mine, self.row, self.mine[form.other.data])
        department, standard = form.where.data.split("-")
        first = period_of(self.begin, form.month.data) + form.half.data
        if first < 0:
            form.refuse("month", _("The plan begins later."))
            return [], []
        if first >= self.judgement.problem.periods:
            form.refuse("month", _("The plan ends before that."))
            return [], []
        return moved(
            self.begin, self.row, department=int(department), standard=int(standard), first=first
        )

    def check(self, removed: list[Row], added: list[Row]) -> None:
        self.checked = True
        after, self.breaches = queries.breaches_of(self.judgement, removed, added)
        self.problem = after.problem

    def save(self, form: MoveForm | SwapForm, removed: list[Row], added: list[Row]) -> bool:
        try:
            actions.change_rows(
                self.plan,
                removed=removed,
                added=added,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except actions.NewBreaches:
            self.check(removed, added)
            self.message = _("Not saved: the change would break rules.")
            return False
        except actions.HasBegun:
            self.message = _("Not saved: what has begun is not moved any more.")
            return False
        except AlreadyPublished:
            self.message = _("Not saved: this plan is published. Make a copy and change that.")
            return False
        except actions.Stale:
            self.status = 409
            self.message = _(
                "Not saved: somebody changed this plan after you opened it. Look at it again; "
                "what you typed is still here."
            )
            form.version.raw_data, form.version.data = None, plans.plan_by_id(self.plan.id).version
            return False
        flash(_("Saved. You can take it back under “Changes by hand”."), "success")
        return True

    def shown(self, planned):
        return render_template(
            "rotations/row.html",
            plan=self.plan,
            planned=planned,
            page=self,
            has_begun=self.row.starts_on <= clock.today(),
            standing=[
                one for one in self.judgement.breaches if str(self.row.resident) in one.residents
            ],
        )


@rotations.post("/plans/<int:plan_id>/changes")
@allow(Role.OFFICE)
def take_back_change(plan_id: int):
    plan, form = plans.plan_for(viewer(), plan_id), UndoForm()
    if form.validate_on_submit():
        take_back(plan, form)
    return redirect(url_for("rotations.changes", plan_id=plan_id))


@rotations.get("/plans/<int:plan_id>/changes")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def changes(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    form = UndoForm(data={"version": plan.version})
    made = plans.changes_of(plan)
    rows = [(one, from_json(one.removed), from_json(one.added)) for one in made]
    names = names_of({row.resident for _one, out, new in rows for row in (*out, *new)})
    return render_template(
        "rotations/changes.html",
        plan=plan,
        rows=rows,
        form=form,
        may_undo=viewer().holds(Role.OFFICE)
        and plan.is_draft
        and any(one.undone_at is None for one in made),
        speaker=Speaker(names, plan.starts_on),
    )
