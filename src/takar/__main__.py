import sys

from takar.cli import main

sys.exit(main(sys.argv[1:]))
