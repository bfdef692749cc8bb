"""How far a share can be trusted."""

from statistics import NormalDist

LEVEL = 0.95


def wilson(passed: int, of: int, *, level: float = LEVEL) -> tuple[float, float]:
    """The score interval of Wilson (1927) for `passed` of `of`: shares of 1, never outside [0, 1].

    Raises ValueError where there is nobody, or more passed than there are.
    """
    if not 0 <= passed <= of or of == 0:
        raise ValueError("a share of nobody")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share, spread = passed / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * (share * (1 - share) / of + spread / (4 * of)) ** 0.5
    low = 0.0 if passed == 0 else middle - half
    return low, 1.0 if passed == of else middle + half
