"""Models, folds and scales of scikit-learn; imported where they are used, for it takes a second."""

from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import RepeatedStratifiedKFold, StratifiedKFold, train_test_split
from sklearn.preprocessing import StandardScaler

__all__ = ["RepeatedStratifiedKFold", "StandardScaler", "StratifiedKFold", "train_test_split"]


def make_model(name, seed):
    """Return an unfitted model: "logistic" or "forest"."""
    if name == "logistic":
        return LogisticRegression(solver="newton-cholesky")
    return RandomForestClassifier(random_state=seed)
