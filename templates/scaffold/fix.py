# region: show
from anthropic import Anthropic

client = Anthropic()

# TODO the same program, mended; keep unchanged lines the same
# endregion
