"""All numbers of the page as one workbook, and a chart as a file that opens by itself."""

from flask_babel import gettext as _

from trainingbase.quality import words
from trainingbase.quality.figures import FIGURES, Asking, Figure
from trainingbase.quality.queries.assessing import waiting_rows
from trainingbase.quality.waiting import waited
from trainingbase.sheets.write import Table


def tables_of(asking: Asking) -> list[Table]:
    made = [make(asking) for make in FIGURES.values()]
    numbers = [Table(figure.title, figure.columns, figure.rows) for figure in made]
    return [*numbers, _waiting(asking)]


def _waiting(asking: Asking) -> Table:
    header = [
        _("Department"), _("Forms submitted"), _("Median hours"), _("Hours of nine in ten"),
        _("Share within 48 hours"), _("Share within 7 days"),
    ]  # fmt: skip
    rows = [
        [
            words.in_full(asking.places.get(one.department_id)), one.forms, round(one.median, 1),
            round(one.ninth_decile, 1), f"{one.within_two_days:.0%}",
            f"{one.within_a_week:.0%}",
        ]
        for one in waited(waiting_rows(asking.scope))
    ]  # fmt: skip
    return Table(_("Hours until a form is submitted"), header, rows)


def chart_page(figure: Figure) -> str:
    """A page of its own with everything in it, to send on or to keep; it needs no network."""
    import plotly.graph_objects as plotly

    drawn = plotly.Figure(figure.chart)
    drawn.update_layout(title=figure.title, template="plotly_white")
    config = {"displaylogo": False, "showSendToCloud": False, "plotlyServerURL": ""}
    return drawn.to_html(include_plotlyjs=True, full_html=True, config=config)
