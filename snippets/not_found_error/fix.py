# region: show
from anthropic import Anthropic, NotFoundError

client = Anthropic()

# Kept since an earlier run of the program.
file_id = "file_011CNha8iCJcU1wXNR6q4V8w"

try:
    file = client.files.retrieve_metadata(file_id)
except NotFoundError as error:
    # Without this type it is the 404 of a gateway or proxy.
    if error.type != "not_found_error":
        print("Check the base URL:", client.base_url)
        raise
    print("Gone:", file_id, error.error_code, error.api_message)
    rows = "지점,매출\n서울,120\n부산,80\n".encode()
    file = client.files.upload(file=("sales.csv", rows, "text/plain"))
print("use", file.id, file.filename)
# endregion
