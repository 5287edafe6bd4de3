"""Pictures as arrays: dtype, range, channels and masks; and picture files, read and written.

A picture is float in [0, 1], uint8 in 0..255 or bool, of shape (M, N) or (M, N, 3), in RGB order.
Blue-green-red order exists only where OpenCV decodes and encodes files for this room.

Pages, jobs and lessons read and write files here and nowhere else. OpenCV decodes PNG (it keeps 16
bits in colour) and JPEG (the values of Pillow in half the time); tifffile reads the tags of TIFF
files, whose strips and tiles are put together here, since OpenCV and Pillow each read some kinds
wrongly; libtiff inside Pillow unpacks LZW, fax and JPEG for it; Pillow reads all other kinds and
most of what files say of themselves. HEIC, Photoshop and raw files are refused by name.
"""

from helpers.images._about import MOST_PIXELS, About, ImageFormat, Labels, Picture, Unusable
from helpers.images._alpha import filter_visible, lay_on_white
from helpers.images._arrays import (
    REC_601,
    REC_709,
    as_float,
    as_uint8,
    check_image,
    disc_mask,
    middle_square,
    split_channels,
    to_grey,
)
from helpers.images._encoders import encode_frame
from helpers.images._masks import decode_labels, encode_labels, write_labels
from helpers.images._ranges import check_range
from helpers.images._reading import (
    read_about,
    read_format,
    read_image,
    read_labels,
    read_pages,
    read_picture,
)
from helpers.images._sources import Source, read_source
from helpers.images._writing import BAND, encode_image, write_image, write_pages

__all__ = ["BAND", "MOST_PIXELS", "REC_601", "REC_709", "About", "ImageFormat", "Labels"]
__all__ += ["Picture", "Source", "Unusable", "as_float", "as_uint8", "check_image", "disc_mask"]
__all__ += ["check_range", "decode_labels", "encode_frame", "encode_image", "encode_labels"]
__all__ += ["filter_visible", "lay_on_white", "read_about", "read_format", "read_image"]
__all__ += [
    "middle_square",
    "read_labels",
    "read_pages",
    "read_picture",
    "read_source",
    "split_channels",
]
__all__ += ["to_grey", "write_image", "write_labels", "write_pages"]
