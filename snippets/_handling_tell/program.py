# region: show
import re

import httpx2
from anthropic import Anthropic, APIConnectionError, APIStatusError

# What your users read, and how the people on duty hear of it.
TELL = {
    "busy": (
        "답변하지 못했습니다. 잠시 뒤에 다시 시도해 주세요.",
        "We could not answer just now. Please try again shortly.",
        "count",
    ),
    "closed": (
        "지금은 쓸 수 없는 기능입니다. 담당자에게 알렸습니다.",
        "This feature is not available now. We have been notified.",
        "page",
    ),
    "input": (
        "보내신 내용이 너무 큽니다. 줄여서 다시 보내 주세요.",
        "What you sent is too large. Please make it smaller.",
        "none",
    ),
    "refused": (
        "이 요청에는 답변할 수 없습니다. 내용을 바꿔 보세요.",
        "We cannot answer this. Please try another request.",
        "count",
    ),
    "ours": (
        "문제가 생겼습니다. 다시 생기면 알려 주세요.",
        "Something went wrong. If it happens again, let us know.",
        "ticket",
    ),
}
SPENT = {
    "enforced_spend_limit_reached",
    "contract_spend_limit_reached",
    "linked_organization_spend_limit_reached",
}
# No code names these two 400s, and their words may change.
UNPAID = re.compile("credit balance is too low|API usage limits")
PASSING = {
    "api_error",
    "overloaded_error",
    "rate_limit_error",
    "timeout_error",
}


def kind(error: Exception) -> str:
    if isinstance(error, (APIConnectionError, httpx2.TransportError)):
        return "busy"
    if not isinstance(error, APIStatusError):
        return "ours"
    status, code = error.status_code, error.error_code
    if status in (401, 402, 403) or code in SPENT:
        return "closed"
    if status == 400 and UNPAID.search(error.message):
        return "closed"
    if status == 413 or code == "image_dimensions_too_large":
        return "input"
    # An error inside a stream has the status 200.
    if status in (408, 429) or status >= 500 or error.type in PASSING:
        return "busy"
    return "ours"


# No retries, so that each error shows here.
client = Anthropic(max_retries=0)
while True:
    try:
        message = client.messages.create(
            model="claude-sonnet-5-5",
            max_tokens=1024,
            messages=[{"role": "user", "content": "Hello"}],
        )
        if message.stop_reason != "refusal":
            break
        name, request_id = "refused", message._request_id
    except Exception as error:
        name, request_id = (
            kind(error),
            getattr(error, "request_id", None),
        )
    korean, english, alert = TELL[name]
    print(name, alert)
    print(korean, "/", english, "/", request_id)
# endregion
