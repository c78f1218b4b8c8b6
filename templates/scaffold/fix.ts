// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

// TODO the same program, mended; keep unchanged lines the same
// endregion
