"""A chart as a page of its own with everything in it, to send on or to keep; without network."""


def chart_page(chart: dict, title: str) -> str:
    import plotly.graph_objects as plotly

    drawn = plotly.Figure(chart)
    drawn.update_layout(title=title, template="plotly_white")
    config = {"displaylogo": False, "showSendToCloud": False, "plotlyServerURL": ""}
    return drawn.to_html(include_plotlyjs=True, full_html=True, config=config)
