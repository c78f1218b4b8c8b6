// Runs one TypeScript program: node node_host.mjs <file> <result>. Writes how it ended as JSON.
import { writeFileSync } from "node:fs";
import net from "node:net";
import dns from "node:dns";
import dgram from "node:dgram";
import child_process from "node:child_process";
import worker_threads from "node:worker_threads";
import { syncBuiltinESMExports } from "node:module";
import { pathToFileURL } from "node:url";

const [, , file, result] = process.argv;

const isLoopback = (host) => host === undefined || host === null || /^(127(\.\d+){3}|::1|localhost)$/.test(String(host));
const refuse = (host) => new Error(`a snippet may reach only this machine, not ${host}`);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...parts) {
  const options = Array.isArray(parts[0]) ? parts[0][0] : parts[0];
  const host = typeof options === "object" ? options.host : typeof parts[1] === "string" ? parts[1] : undefined;
  if (!isLoopback(host)) throw refuse(host);
  return connect.apply(this, parts);
};
for (const name of ["send", "connect"]) {
  const original = dgram.Socket.prototype[name];
  dgram.Socket.prototype[name] = function (...parts) {
    const host = parts.slice(1).find((part) => typeof part === "string");
    if (!isLoopback(host)) throw refuse(host);
    return original.apply(this, parts);
  };
}
for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (let names = holder; names !== null && names !== Object.prototype; names = Object.getPrototypeOf(names)) {
    for (const name of Object.getOwnPropertyNames(names).filter((name) => /^(lookup|resolve|reverse)/.test(name))) {
      const original = holder[name];
      holder[name] = function (host, ...rest) {
        if (!isLoopback(host)) throw refuse(host);
        return original.call(this, host, ...rest);
      };
    }
  }
}
for (const name of ["spawn", "exec", "execFile", "fork", "spawnSync", "execSync", "execFileSync"]) {
  child_process[name] = () => {
    throw new Error(`a snippet may not start another program (${name})`);
  };
}
worker_threads.Worker = class {
  constructor() {
    throw new Error("a snippet may not start another program (Worker)");
  }
};
syncBuiltinESMExports(); // else `import { spawn } from "node:child_process"` gives what was there before

const told = (error) => {
  const place = new RegExp(`${file.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}:(\\d+)`).exec(String(error?.stack));
  return {
    class_name: error?.constructor?.name ?? typeof error,
    status: error?.status ?? null,
    type: error?.type ?? null,
    error_code: error?.errorCode ?? null,
    message: String(error?.apiMessage ?? error?.message ?? error),
    line: place ? Number(place[1]) : null,
  };
};
let failure = null;
const fail = (error) => {
  console.error(error);
  failure = told(error);
  process.exit(0);
};
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
// The program is over when nothing is left to do, as when it is started by itself, or when it says so.
process.on("exit", (code) => {
  if (code !== 0) failure ??= { class_name: "exit", message: `ended with the exit code ${code}` };
  writeFileSync(result, JSON.stringify(failure));
});

await import(pathToFileURL(file).href).catch(fail);
