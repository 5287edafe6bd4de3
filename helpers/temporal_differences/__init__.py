"""Values of states: the reward that is still to come, learnt from recorded episodes.

An episode visits states; after each visit comes a reward, and after the last one the end. The
return of a visit is the sum of all rewards from there on, each step later counted `discount`
times; the value of a state is its expected return. Every function here predicts: nobody decides
anything, no policy gets better.
"""

from helpers.temporal_differences._batch import batch_values as batch_values
from helpers.temporal_differences._batch import monte_carlo_means as monte_carlo_means
from helpers.temporal_differences._episodes import Episodes as Episodes
from helpers.temporal_differences._episodes import random_walks as random_walks
from helpers.temporal_differences._episodes import record as record
from helpers.temporal_differences._episodes import returns as returns
from helpers.temporal_differences._holes import neighbour_mean as neighbour_mean
from helpers.temporal_differences._holes import picture_walks as picture_walks
from helpers.temporal_differences._lanes import simulate_runs as simulate_runs
from helpers.temporal_differences._online import lambda_values as lambda_values
from helpers.temporal_differences._online import monte_carlo_values as monte_carlo_values
from helpers.temporal_differences._online import n_step_values as n_step_values
from helpers.temporal_differences._online import td_values as td_values
