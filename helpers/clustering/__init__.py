"""Groups without labels: k-means, features, how many groups, and how well two divisions agree."""

from helpers.clustering._agreement import adjusted_rand_index as adjusted_rand_index
from helpers.clustering._agreement import match_labels as match_labels
from helpers.clustering._agreement import matched_accuracy as matched_accuracy
from helpers.clustering._features import TEXTURES as TEXTURES
from helpers.clustering._features import colour_histogram as colour_histogram
from helpers.clustering._features import standardise as standardise
from helpers.clustering._features import texture_features as texture_features
from helpers.clustering._how_many import Gaps as Gaps
from helpers.clustering._how_many import gap_statistic as gap_statistic
from helpers.clustering._how_many import silhouette as silhouette
from helpers.clustering._how_many import silhouette_samples as silhouette_samples
from helpers.clustering._how_many import split_half_agreement as split_half_agreement
from helpers.clustering._means import Clustering as Clustering
from helpers.clustering._means import assign as assign
from helpers.clustering._means import k_means as k_means
