// region: show
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic();

// TODO the natural mistake that ends with this error
// endregion
