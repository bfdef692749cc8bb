"""What `trainingbase reliability` found, for people, in Chinese or English."""

from collections.abc import Iterator
from math import isnan

from trainingbase.psychometrics.agreement import Agreement
from trainingbase.psychometrics.consistency import Alpha
from trainingbase.psychometrics.generalizability import Projection
from trainingbase.psychometrics.leniency import Leniency
from trainingbase.psychometrics.study import Study

SHOWN = {1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20}
"""Numbers of a D study of one facet that are printed when nobody chose them."""

WIDE = {1, 2, 3, 5, 8, 12}
"""Of two facets, those of the one that stands across."""

MOST_ROWS = 60
"""Of people or judges; JSON has them all."""


def study_lines(told: Study, language: str, *, chosen: bool) -> Iterator[str]:
    zh = language == "zh"
    found, now = told.found, told.now
    counts = " × ".join(f"{number} {facet}" for facet, number in found.conditions.items())
    yield f"{found.design.text}{'：' if zh else ': '}{counts}" + (
        f"，{found.scores} 个评分" if zh else f", {found.scores} scores"
    )
    yield "方差分量" if zh else "Variance components"
    total = sum(found.usable(effect) for effect in found.design.effects)
    wide = max(len(effect.name) for effect in found.design.effects)
    for effect in found.design.effects:
        share = 100 * found.usable(effect) / total
        yield f"  {effect.name:<{wide}} {found.estimates[effect.name]:>12.4f} {share:>4.0f} %"
    about = ", ".join(f"{facet} {number:.4g}" for facet, number in told.met.items())
    yield (
        f"每个 {found.design.object} 的均值所依据的条件数：{about}"
        if zh
        else f"What the mean of one {found.design.object} rests on: {about}"
    )
    yield (
        f"概化系数 G {now.g:.3f}（排名次；标准误 {now.sem_relative:.4g}）"
        if zh
        else f"G {now.g:.3f} (for ranking; standard error {now.sem_relative:.4g})"
    )
    yield (
        f"可靠性指数 Φ {now.phi:.3f}（对照合格线；标准误 {now.sem_absolute:.4g}）"
        if zh
        else f"Phi {now.phi:.3f} (against a mark; standard error {now.sem_absolute:.4g})"
    )
    yield from _d_study_lines(told, zh, chosen)
    yield from _enough_lines(told, zh)


def _d_study_lines(told: Study, zh: bool, chosen: bool) -> Iterator[str]:
    shown = [one for one in told.projections if chosen or set(one.numbers.values()) <= SHOWN]
    facets = list(shown[0].numbers) if shown else []
    if len(facets) == 2:
        yield from _d_study_table(shown, facets, zh, chosen)
        return
    if facets:
        yield "D 研究" if zh else "D study"
    for one in shown if facets else []:
        yield f"  {_numbers(one)}  G {one.coefficients.g:.3f}  Φ {one.coefficients.phi:.3f}"


def _d_study_table(
    shown: list[Projection], facets: list[str], zh: bool, chosen: bool
) -> Iterator[str]:
    down, across = ([*dict.fromkeys(one.numbers[facet] for one in shown)] for facet in facets)
    if not chosen:
        across = [one for one in across if one in WIDE]
    cells = {tuple(one.numbers.values()): one.coefficients for one in shown}
    yield "D 研究：G/Φ" if zh else "D study: G/Phi"
    yield f"  {facets[0]:>6}" + "".join(f"  {f'{facets[1]} {one}':>9}" for one in across)
    for row in down:
        found = (cells[row, one] for one in across)
        yield f"  {row:>6}" + "".join(f"  {one.g:.2f}/{one.phi:.2f}" for one in found)


def _enough_lines(told: Study, zh: bool) -> Iterator[str]:
    for by, name in (("g", "G"), ("phi", "Φ")):
        there, value = told.enough[by], getattr(told.now, by)
        if there is None:
            if set(told.found.design.others) <= set(told.fixed):
                continue
            yield (
                f"{name}：再增加多少也达不到 {told.target:g}"
                if zh
                else f"{name}: no number within reason would reach {told.target:g}"
            )
        elif value >= told.target:
            fewer = _numbers(there) if len(there.numbers) == 1 else ""
            if zh:
                yield f"{name} 已达到 {told.target:g}" + (f"；{fewer} 就够了" if fewer else "")
            else:
                would = f"; {fewer} would do" if fewer else ""
                yield f"{name} reaches {told.target:g} already{would}"
        else:
            more = ", ".join(
                f"{facet} +{number - round(told.met[facet])}"
                for facet, number in there.numbers.items()
                if number > round(told.met[facet])
            )
            yield (
                f"{name} 要达到 {told.target:g}，大约还需 {more}（共 {_numbers(there)}）"
                if zh
                else f"{name} would reach {told.target:g} with about {more}"
                f" ({_numbers(there)} in all)"
            )


def _numbers(one: Projection) -> str:
    return ", ".join(f"{facet} {number}" for facet, number in one.numbers.items())


def alpha_lines(found: Alpha, language: str) -> Iterator[str]:
    zh = language == "zh"
    low, high = found.interval
    yield (
        f"克龙巴赫 α {found.alpha:.3f}（95 % 置信区间 {low:.3f} 至 {high:.3f}，Feldt）；"
        f"{found.people} 人，{found.items} 题"
        if zh
        else f"Cronbach's alpha {found.alpha:.3f} (95 % {low:.3f} to {high:.3f}, Feldt);"
        f" {found.people} people, {found.items} items"
    )
    yield f"{'标准化 α' if zh else 'Standardised'} {_shown(found.standardised)}"
    if found.dropped:
        yield "去掉该题后的 α" if zh else "Alpha without the item"
    for item, value in found.dropped.items():
        yield f"  {item}  {_shown(value)}"


def icc_lines(found: Agreement, language: str) -> Iterator[str]:
    zh = language == "zh"
    yield (
        f"组内相关系数（95 % 置信区间）；{found.targets} 个对象，{found.judges} 位评委"
        if zh
        else f"Intraclass correlations (95 %); {found.targets} targets, {found.judges} judges"
    )
    for name, value in found.values.items():
        low, high = found.intervals[name]
        yield f"  ICC({name})  {_shown(value)}  ({_shown(low)}, {_shown(high)})"


def leniency_lines(found: Leniency, language: str) -> Iterator[str]:
    zh = language == "zh"
    yield (
        f"总均值 {found.mean:.4g}；方差：人 {found.people_variance:.4g}，"
        f"评委 {found.judge_variance:.4g}，误差 {found.error_variance:.4g}"
        if zh
        else f"Mean {found.mean:.4g}; variances: people {found.people_variance:.4g},"
        f" judges {found.judge_variance:.4g}, error {found.error_variance:.4g}"
    )
    yield (
        "人：评分数，原均值，校正宽严后的均值 ± 标准误，收缩"
        if zh
        else "Person: scores, raw mean, mean freed of leniency ± standard error, shrinkage"
    )
    for one in found.people[:MOST_ROWS]:
        yield (
            f"  {one.label}: {one.scores}  {one.raw:.3f}  {one.adjusted:.3f} ± "
            f"{one.standard_error:.3f}  {100 * one.shrinkage:.0f} %"
        )
    yield (
        "评委：评分数，原均值，比别人高多少 ± 标准误"
        if zh
        else "Judge: scores, raw mean, points above the others ± standard error"
    )
    for judge in found.judges[:MOST_ROWS]:
        yield (
            f"  {judge.label}: {judge.scores}  {judge.raw:.3f}  {judge.leniency:+.3f} ± "
            f"{judge.standard_error:.3f}"
        )


def _shown(value: float) -> str:
    return "—" if isnan(value) else f"{value:.3f}"
