"""Models, folds and scales of scikit-learn; imported where they are used, for it takes a second."""

from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, StratifiedKFold, train_test_split
from sklearn.preprocessing import OneHotEncoder, StandardScaler

__all__ = ["OneHotEncoder", "RepeatedStratifiedKFold", "StandardScaler"]
__all__ += ["StratifiedKFold", "make_model", "make_smote", "train_test_split"]


def make_model(name, seed):
    """Return an unfitted model: "logistic" or "forest"."""
    if name == "logistic":
        return LogisticRegression(solver="newton-cholesky")
    return RandomForestClassifier(random_state=seed)


def make_smote(texts, k_neighbors, seed):
    """Return SMOTE-NC for numbers and texts, SMOTE-N for texts alone."""
    from imblearn.over_sampling import SMOTEN, SMOTENC

    choices = {"k_neighbors": k_neighbors, "random_state": seed}
    if texts.all():
        return SMOTEN(**choices)
    return SMOTENC([place for place, text in enumerate(texts) if text], **choices)
