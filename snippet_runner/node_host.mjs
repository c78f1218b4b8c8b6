// Runs one TypeScript program: node node_host.mjs <file> <result>. Writes how it ended as JSON.
import { writeFileSync } from "node:fs";
import net from "node:net";
import dns from "node:dns";
import child_process from "node:child_process";
import { pathToFileURL } from "node:url";

const [, , file, result] = process.argv;

const isLoopback = (host) => host === undefined || host === null || /^(127\.|::1$|localhost$)/.test(String(host));
const refuse = (host) => new Error(`a snippet may reach only this machine, not ${host}`);

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...parts) {
  const options = Array.isArray(parts[0]) ? parts[0][0] : parts[0];
  const host = typeof options === "object" ? options.host : typeof parts[1] === "string" ? parts[1] : undefined;
  if (!isLoopback(host)) throw refuse(host);
  return connect.apply(this, parts);
};
for (const holder of [dns, dns.promises]) {
  const lookup = holder.lookup;
  holder.lookup = function (host, ...rest) {
    if (!isLoopback(host)) throw refuse(host);
    return lookup.call(this, host, ...rest);
  };
}
for (const name of ["spawn", "exec", "execFile", "fork", "spawnSync", "execSync", "execFileSync"]) {
  child_process[name] = () => {
    throw new Error(`a snippet may not start another program (${name})`);
  };
}

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
const end = (error) => {
  if (error !== null) console.error(error);
  writeFileSync(result, JSON.stringify(error === null ? null : told(error)));
  process.exit(0);
};
process.on("uncaughtException", end);
process.on("unhandledRejection", end);

try {
  await import(pathToFileURL(file).href);
  end(null);
} catch (error) {
  end(error);
}
