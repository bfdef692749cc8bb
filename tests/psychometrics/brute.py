"""The same figures by other ways: mean squares of balanced tables, and projections in the open."""

import numpy as np


def p_by_i(x):
    """Of a persons × items array, by the mean squares of its analysis of variance."""
    n_p, n_i = x.shape
    mean, p, i = x.mean(), x.mean(1), x.mean(0)
    ms_p = n_i * ((p - mean) ** 2).sum() / (n_p - 1)
    ms_i = n_p * ((i - mean) ** 2).sum() / (n_i - 1)
    ms_pi = ((x - p[:, None] - i + mean) ** 2).sum() / ((n_p - 1) * (n_i - 1))
    return {"p": (ms_p - ms_pi) / n_i, "i": (ms_i - ms_pi) / n_p, "pi": ms_pi}


def i_in_p(x):
    n_p, n_i = x.shape
    ms_p = n_i * x.mean(1).var(ddof=1)
    ms_ip = ((x - x.mean(1)[:, None]) ** 2).sum() / (n_p * (n_i - 1))
    return {"p": (ms_p - ms_ip) / n_i, "i:p": ms_ip}


def p_by_r_in_t(x):
    """Of a persons × tasks × raters array."""
    n_p, n_t, n_r = x.shape
    mean, p, t = x.mean(), x.mean((1, 2)), x.mean((0, 2))
    rt, pt = x.mean(0), x.mean(2)
    ms_p = n_t * n_r * p.var(ddof=1)
    ms_t = n_p * n_r * t.var(ddof=1)
    ms_rt = n_p * ((rt - t[:, None]) ** 2).sum() / (n_t * (n_r - 1))
    ms_pt = n_r * ((pt - p[:, None] - t + mean) ** 2).sum() / ((n_p - 1) * (n_t - 1))
    left = x - pt[:, :, None] - rt + t[:, None]
    ms_prt = (left**2).sum() / ((n_p - 1) * n_t * (n_r - 1))
    return {
        "p": (ms_p - ms_pt) / (n_t * n_r),
        "t": (ms_t - ms_rt - ms_pt + ms_prt) / (n_p * n_r),
        "pt": (ms_pt - ms_prt) / n_r,
        "r:t": (ms_rt - ms_prt) / n_p,
        "p(r:t)": ms_prt,
    }


def p_by_i_by_o(x):
    n_p, n_i, n_o = x.shape
    mean = x.mean()
    p, i, o = x.mean((1, 2)), x.mean((0, 2)), x.mean((0, 1))
    pi, po, io = x.mean(2), x.mean(1), x.mean(0)
    ms_p, ms_i, ms_o = (
        n_i * n_o * p.var(ddof=1),
        n_p * n_o * i.var(ddof=1),
        n_p * n_i * o.var(ddof=1),
    )
    ms_pi = n_o * _crossed(pi, p, i, mean)
    ms_po = n_i * _crossed(po, p, o, mean)
    ms_io = n_p * _crossed(io, i, o, mean)
    left = x - pi[:, :, None] - po[:, None, :] - io + p[:, None, None] + i[:, None] + o - mean
    ms_pio = (left**2).sum() / ((n_p - 1) * (n_i - 1) * (n_o - 1))
    return {
        "p": (ms_p - ms_pi - ms_po + ms_pio) / (n_i * n_o),
        "i": (ms_i - ms_pi - ms_io + ms_pio) / (n_p * n_o),
        "o": (ms_o - ms_po - ms_io + ms_pio) / (n_p * n_i),
        "pi": (ms_pi - ms_pio) / n_o,
        "po": (ms_po - ms_pio) / n_i,
        "io": (ms_io - ms_pio) / n_p,
        "pio": ms_pio,
    }


def _crossed(both, one, other, mean):
    left = both - one[:, None] - other + mean
    return (left**2).sum() / ((len(one) - 1) * (len(other) - 1))


def henderson_one(scores, effects):
    """By projections: T(a) = y'P(a)y, whose expectation holds trace(P(a) Z(b)Z(b)') of each
    component; for few scores only."""
    y = scores.values
    ones = np.full((len(y), len(y)), 1 / len(y))
    same = {}
    for effect in effects:
        codes = list(zip(*(scores.facets[facet] for facet in sorted(effect.facets)), strict=True))
        same[effect.name] = np.array([[a == b for b in codes] for a in codes], float)
    onto = {name: one / one.sum(1, keepdims=True) for name, one in same.items()}
    left = [[np.trace((p - ones) @ z) for z in same.values()] for p in onto.values()]
    right = [y @ (p - ones) @ y for p in onto.values()]
    return dict(zip(same, np.linalg.solve(left, right), strict=True))
