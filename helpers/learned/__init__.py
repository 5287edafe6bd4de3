"""Networks in JAX: small ones that are trained here, and a large one that was trained before.

Every number is float64, so that a training run agrees to six digits on all processors. Never fork
a process after this import (workers are threads, or are started afresh).
"""

from helpers.learned import _system as _system
from helpers.learned._dense import DenseNet as DenseNet
from helpers.learned._dense import Descent as Descent
from helpers.learned._dense import dense_net as dense_net
from helpers.learned._dense import minimise as minimise
from helpers.learned._features import imagenet_depths as imagenet_depths
from helpers.learned._features import imagenet_features as imagenet_features
from helpers.learned._features import imagenet_logits as imagenet_logits
from helpers.learned._features import imagenet_maps as imagenet_maps
from helpers.learned._folder import FolderSplit as FolderSplit
from helpers.learned._folder import pictures_from_folder as pictures_from_folder
from helpers.learned._folder import split_folder as split_folder
from helpers.learned._heads import Head as Head
from helpers.learned._heads import ridge_head as ridge_head
from helpers.learned._judging import Judged as Judged
from helpers.learned._judging import evaluate as evaluate
from helpers.learned._judging import predict as predict
from helpers.learned._losses import contrastive_loss as contrastive_loss
from helpers.learned._losses import earth_movers_loss as earth_movers_loss
from helpers.learned._losses import triplet_loss as triplet_loss
from helpers.learned._nets import SmallCNN as SmallCNN
from helpers.learned._nets import cross_entropy as cross_entropy
from helpers.learned._nets import small_cnn as small_cnn
from helpers.learned._saving import load as load
from helpers.learned._saving import save as save
from helpers.learned._stages import imagenet_stages as imagenet_stages
from helpers.learned._training import Training as Training
from helpers.learned._training import batches as batches
from helpers.learned._training import fit as fit
from helpers.learned._tuning import Tuned as Tuned
from helpers.learned._tuning import fine_tune as fine_tune
