# region: show
import time

from anthropic import Anthropic

client = Anthropic()

files = [
    {"name": "보고서 1.txt", "text": "서울 지점의 매출이 늘었습니다."},
    {"name": "보고서 2.txt", "text": "부산 지점의 매출이 줄었습니다."},
]
# Unique and allowed, whatever the names are.
by_id = {f"report-{n}": file for n, file in enumerate(files)}
batch = client.messages.batches.create(
    requests=[
        {
            "custom_id": custom_id,
            "params": {
                "model": "claude-sonnet-5-5",
                "max_tokens": 4096,
                "system": "Summarize the report.",
                "messages": [{"role": "user", "content": file["text"]}],
            },
        }
        for custom_id, file in by_id.items()
    ],
)
print(batch.id)

while True:
    state = client.messages.batches.retrieve(batch.id)
    if state.processing_status == "ended":
        break
    time.sleep(60)

# Results come in any order: the id leads back to the name.
for entry in client.messages.batches.results(batch.id):
    print(by_id[entry.custom_id]["name"], entry.result.type)
# endregion
