"""The key of the seals, set once when the portal starts."""

_key = {"secret": ""}


def configure(secret: str) -> None:
    _key["secret"] = secret


def secret() -> str:
    return _key["secret"]
