# region: show
from anthropic import Anthropic

client = Anthropic()

# Kept since an earlier run of the program.
file_id = "file_011CNha8iCJcU1wXNR6q4V8w"

file = client.files.retrieve_metadata(file_id)
print("use", file.id, file.filename)
# endregion
