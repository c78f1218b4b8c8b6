# region: show
from anthropic import Anthropic

# The default timeout is long. The SDK still repeats a 429 or a 529,
# which costs nothing.
client = Anthropic()

# A stream brings the answer while it is written, so nobody has to
# guess how long all of it will take.
with client.messages.stream(
    model="claude-sonnet-5-5",
    max_tokens=4096,
    messages=[{"role": "user", "content": "Write a long report."}],
) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
    usage = stream.get_final_message().usage
print(f"\nOne call to pay: {usage.output_tokens} output tokens.")
# endregion
