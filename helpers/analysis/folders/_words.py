"""What a page says of a folder, its split and its doubles: sentences and tables."""

from collections import Counter
from pathlib import Path, PurePosixPath

from helpers.analysis.folders._class_words import describe_classes
from helpers.analysis.folders._parts import PARTS
from helpers.files import readable

LONELY = ("picture or mask without the other", "pictures, masks or boxes without the other")
FEW = 10  # groups below which the split is a matter of chance


def table_of_parts(plan):
    """Return the columns part, groups, pictures, share and names of a plan's parts."""
    rows = []
    for part in [part for part in PARTS if part in plan.parts]:
        pairs = zip(plan.groups, plan.parts, strict=True)
        sizes = Counter(group for group, place in pairs if place == part)
        shown = ", ".join(f"{readable(group)} ({n})" for group, n in sorted(sizes.items())[:20])
        more = f" and {len(sizes) - 20} more" if len(sizes) > 20 else ""
        share = f"{sizes.total() / len(plan.parts):.3f}"
        rows.append((part, len(sizes), sizes.total(), share, shown + more))
    keys = ("part", "groups", "pictures", "share", "groups with their pictures")
    return dict(zip(keys, map(list, zip(*rows, strict=True)), strict=True))


def describe_twins(folder, plan):
    """Say in one sentence which pictures have doubles in different parts.

    Parameters
    ----------
    folder : Folder
    plan : Plan

    Returns
    -------
    str
        A warning with at most three pairs of names, or that none were found.
    """
    if not plan.twins:
        return "No picture has a double (same bytes, or likely a copy) in another part."
    shown = []
    for one, (other, how) in plan.twins.items():
        pair = sorted([one, other])
        a, b = (folder.pictures[place] for place in pair)
        how = "likely a copy" if how == "as it is" else how
        told = [
            f"{readable(sight.name)} ({plan.parts[i]})"
            for sight, i in zip((a, b), pair, strict=True)
        ]
        shown.append(f"{' and '.join(told)}, {how}")
    shown = list(dict.fromkeys(shown))
    return (
        f"Warning: {len(plan.twins)} of {len(plan.parts)} pictures have a double in another part: "
        + "; ".join(shown[:3])
        + ("; and more." if len(shown) > 3 else ".")
        + " Put doubles into one group, or remove them."
    )


def describe_folder(folder):
    """Return lines on what a folder holds, what is converted, and what is left out."""
    shapes = Counter(" x ".join(map(str, sight.shape[:2])) for sight in folder.pictures)
    sizes = ", ".join(f"{shape} ({n})" for shape, n in shapes.most_common(4))
    more = f" and {len(shapes) - 4} other sizes" if len(shapes) > 4 else ""
    lines = [
        f"{readable(folder.path.name)}: {len(folder.pictures)} pictures of {sizes}{more} pixels"
    ]
    for told, reasons in (("converted", folder.converted), ("left out", folder.left_out)):
        shown = [f"{readable(name)}: {reason}" for name, reason in list(reasons.items())[:10]]
        shown = "; ".join(shown)
        more = f"; and {len(reasons) - 10} more" if len(reasons) > 10 else ""
        lines.append(f"files {told}: {len(reasons)}" + (f" ({shown}{more})" if reasons else ""))
    return lines


def describe_groups(plan):
    """Return one sentence: that no group is in two parts, counted from the plan."""
    places = {}
    for group, part in zip(plan.groups, plan.parts, strict=True):
        places.setdefault(group, set()).add(part)
    torn = sum(len(parts) > 1 for parts in places.values())
    return f"{torn} of {len(places)} groups are in more than one part."


def warn_of_groups(folder, plan, choices):
    """Warn where groups are folders or few, and where the shares are far from those wished.

    Parameters
    ----------
    folder : Folder
    plan : Plan
    choices : Choices

    Returns
    -------
    list of str
        Each starts with "Warning"; none if there is nothing to warn of.
    """
    groups, said = len(set(plan.groups)), []
    first = [PurePosixPath(sight.name).parts[:-1][:1] for sight in folder.pictures]
    pairs = len(set(zip(first, plan.groups, strict=True)))
    if choices.by != "file" and len(set(first)) == pairs == groups > 1:
        said.append(
            f"Warning: the {groups} groups are the folders of the source, so each folder is in one "
            'part only. Is the folder your class? Then use by = "file", or a CSV file of groups.'
        )
    if groups < FEW:
        tested = len({g for g, part in zip(plan.groups, plan.parts, strict=True) if part == "test"})
        said.append(
            f"Warning: there are only {groups} groups, {tested} of them in the test part: what is "
            "found there may be due to the choice of groups."
        )
    reached = [plan.parts.count(part) / len(plan.parts) for part in PARTS]
    miss = max(abs(r - w) for r, w in zip(reached, choices.shares, strict=True))
    if round(miss, 9) > 0.1:  # 0.8 - 0.7 is a little more
        got, wished = (
            ", ".join(f"{share:.3g}" for share in shares) for shares in (reached, choices.shares)
        )
        said.append(
            f"Warning: the shares reached ({got}) are not those wished ({wished}): the groups are "
            "too few or too unequal."
        )
    return said


def tables_of_files(folder):
    """Return tables, by caption, of files left out and of files converted, if there are any."""
    tables = {"Files left out": folder.left_out, "Files converted": folder.converted}
    return {
        caption: {"file": list(map(readable, reasons)), "reason": list(reasons.values())}
        for caption, reasons in tables.items()
        if reasons
    }


def word_report(folder, plan, choices):
    """Word the split, and what was made, for a report.

    Parameters
    ----------
    folder : Folder
    plan : Plan
    choices : Choices

    Returns
    -------
    list of str, one sentence or two each
    """
    rows = list(zip(*list(table_of_parts(plan).values())[:3], strict=True))
    told = ", ".join(
        f"{pictures} to {part} ({groups} {'group' if groups == 1 else 'groups'})"
        for part, groups, pictures in rows
    )
    low, high = choices.operations
    steps = f"{low} to {high}" if low < high else f"{low}"
    kind = "random transforms" if high > 1 else "random transform"
    return [
        f"{len(folder.pictures)} pictures were split by {Path(choices.by).name} before anything "
        f"was made (seed {choices.seed}): {told}. {describe_groups(plan)}",
        f"From the {plan.parts.count('train')} training pictures alone {choices.count} were made, "
        f"each with {steps} {kind}; validation and test pictures are untouched copies.",
        *describe_classes(folder, plan, choices),
        f"Left out: {_left_out(folder)}.",
    ]


def _left_out(folder):
    reasons = list(folder.left_out.values())
    strange = sum(reason.startswith("not a picture") for reason in reasons)
    lonely = len(folder.pairs.lonely) + sum("has no mask" in reason for reason in reasons)
    counts = (
        (strange, "file that is no picture", "files that are no pictures"),
        (lonely, *LONELY),
        (len(reasons) - strange - lonely, "picture that is", "pictures that are"),
    )
    told = [f"{n} {one if n == 1 else many}" for n, one, many in counts if n]
    if len(reasons) > strange + lonely:
        told[-1] += " damaged or of a kind that cannot be used"
    return ", ".join(told) or "no file"
