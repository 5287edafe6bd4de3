"""Build the site, or the pages of some notebooks; `start.py site` calls this."""

import argparse
import functools
import http.server
import sys

from helpers import site
from helpers.files import COURSE, Problem


def serve(folder, port):
    """Show a folder on this machine only, until Ctrl-C.

    Parameters
    ----------
    folder : str or Path
    port : int
        0 takes a free one.
    """
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/   To end it, press Ctrl-C here.", flush=True)
        server.serve_forever()


def main(words):
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="start.py site", description="Build the course's site.")
    parser.add_argument("names", nargs="*", help="beginnings of notebooks' names; none means all")
    parser.add_argument("--output", default=COURSE / "_site")
    parser.add_argument("--cache", default=COURSE / ".site-cache")
    parser.add_argument("--no-pdf", dest="pdf", action="store_false")
    parser.add_argument("--serve", action="store_true", help="then show it on this machine")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(words)
    say = functools.partial(print, flush=True)
    try:
        site.build(options.output, options.names, cache=options.cache, pdf=options.pdf, say=say)
        if options.serve:
            serve(options.output, options.port)
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
