// Gives the jobs of `jobs.json` to the client beside it and prints what came of them as JSON.
import { readFileSync } from "node:fs";

const plan = JSON.parse(readFileSync("jobs.json", "utf-8"));
process.env["SECOND"] = String(1 / plan.scale);
const client = await import("./work/client.ts"); // it reads the environment

const TOOL = {
  name: "book",
  input_schema: { type: "object", properties: { job: { type: "integer" } }, required: ["job"] },
};
const texts: Record<string, string[]> = {};
const failures: Record<string, string> = {};
const booked: number[] = [];

async function book(name: string, input: unknown): Promise<string> {
  booked.push((input as { job: number }).job);
  return `${name}: done`;
}

async function found(job: { number: number; kind: string; prompts: string[] }): Promise<Record<string, string>> {
  const prompt = `job ${job.number}`;
  if (job.kind === "stream") return { [prompt]: await client.write(prompt) };
  if (job.kind === "batch") {
    return client.batch(Object.fromEntries(job.prompts.map((name) => [name.replace(" ", "-"), name])));
  }
  return { [prompt]: await client.ask(prompt, job.kind === "tool" ? [TOOL] : [], book) };
}

const jobs = [...plan.jobs];
async function worker(): Promise<void> {
  for (let job; (job = jobs.shift()); ) {
    try {
      for (const [name, text] of Object.entries(await found(job))) (texts[name.replace("-", " ")] ??= []).push(text);
    } catch (error) {
      failures[`job ${job.number}`] = String(error);
    }
  }
}

await Promise.all(Array.from({ length: plan.workers }, worker));
console.log(JSON.stringify({ texts, failures, booked }));
