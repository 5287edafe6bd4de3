"""How alike two pictures are: by squares, by windows, by histograms, by short codes; and align.

None of these knows what a picture shows. Two pictures have one shape and one dtype: (M, N) or
(M, N, 3), uint8 in 0..255 or float.
"""

from helpers.similarity._copies import Copies as Copies
from helpers.similarity._copies import chains as chains
from helpers.similarity._copies import likely_copies as likely_copies
from helpers.similarity._copies import thumbnail as thumbnail
from helpers.similarity._hashes import NearDuplicates as NearDuplicates
from helpers.similarity._hashes import dct_hash as dct_hash
from helpers.similarity._hashes import difference_hash as difference_hash
from helpers.similarity._hashes import hamming_distances as hamming_distances
from helpers.similarity._hashes import is_flat as is_flat
from helpers.similarity._hashes import near_duplicates as near_duplicates
from helpers.similarity._histograms import earth_movers_distance as earth_movers_distance
from helpers.similarity._places import Alignment as Alignment
from helpers.similarity._places import align as align
from helpers.similarity._places import mean_squared_error as mean_squared_error
from helpers.similarity._places import overlap as overlap
from helpers.similarity._windows import structural_similarity as structural_similarity
from helpers.similarity._windows import (
    structural_similarity_gradient as structural_similarity_gradient,
)
from helpers.similarity._windows import structural_similarity_map as structural_similarity_map
