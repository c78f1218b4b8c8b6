# region: show
from anthropic import Anthropic

client = Anthropic()

# TODO the natural mistake that ends with this error
# endregion
