"""Make the course a site: lessons run once, explorers recorded, predictions as quizzes."""

__all__ = ["build"]


def __getattr__(name):
    if name == "build":  # what it needs takes two seconds to import
        from helpers.site._building import build

        return build
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
