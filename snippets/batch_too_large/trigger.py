# region: show
from anthropic import Anthropic
from anthropic.types.messages.batch_create_params import Request

client = Anthropic()

# 300 long reports: about 257 MB, since a syllable is 3 bytes.
reports = ["서울 지점의 매출이 늘었습니다. " * 19_500] * 300
requests: list[Request] = [
    {
        "custom_id": f"report-{number}",
        "params": {
            "model": "claude-sonnet-5-5",
            "max_tokens": 4096,
            "system": "Summarize the report.",
            "messages": [{"role": "user", "content": report}],
        },
    }
    for number, report in enumerate(reports)
]
batch = client.messages.batches.create(requests=requests)
print(batch.id)
# endregion
