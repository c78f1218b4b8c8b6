# region: show
from anthropic import Anthropic

client = Anthropic()

notes = "서울 지점의 매출이 늘었습니다."
metadata = client.files.upload(
    file=("notes.txt", notes.encode(), "text/plain"),
)
if metadata.downloadable:
    content = client.files.download(metadata.id).read().decode()
else:
    # Only files that a tool made come back: use your own copy.
    content = notes
print(content)
# endregion
