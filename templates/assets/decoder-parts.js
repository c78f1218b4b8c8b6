// What a paste says besides the error, and what of it should not be shown: the same as generator/decoder/parts.py.

const REQUEST_ID = /(?<![0-9A-Za-z_])req_[0-9A-Za-z_]{8,64}/;
const SDK = [
  ["Python", /(?:Anthropic\/Python |anthropic(?:==|-|\/))([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})/],
  ["TypeScript", /(?:Anthropic\/JS |@anthropic-ai\/sdk[@/])([0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})/],
  ["Python", /(?:site-packages\/anthropic\/|(?<![0-9A-Za-z_.])anthropic\.[A-Z_])()/],
  ["TypeScript", /@anthropic-ai\/sdk()/],
];
const SECRETS = [
  /sk-[0-9A-Za-z_-]{8,200}/g,
  /(?<=[Bb]earer )[0-9A-Za-z_.~+/-]{12,4000}/g,
  /eyJ[0-9A-Za-z_-]{10,2000}\.[0-9A-Za-z_-]{4,4000}(?:\.[0-9A-Za-z_-]{1,2000})?/g,
  /(?:AKIA|ASIA)[0-9A-Z]{16}/g,
  /gh[pousr]_[0-9A-Za-z]{20,100}/g,
  /AIza[0-9A-Za-z_-]{30,60}/g,
  /(?<![0-9A-Za-z.+_-])[0-9A-Za-z.+_-]{1,64}@[0-9A-Za-z-]{1,63}(?:\.[0-9A-Za-z-]{1,63}){1,4}/g,
];

/** Returns {requestId, sdk, sdkVersion, platform}; `platforms` maps a platform to the words that only its texts hold. */
export function parts(paste, platforms) {
  let sdk = null;
  let sdkVersion = null;
  for (const [name, pattern] of SDK) {
    const match = pattern.exec(paste);
    if (match !== null) {
      sdk = name;
      sdkVersion = match[1] || null;
      break;
    }
  }
  const small = paste.toLowerCase();
  const platform = Object.keys(platforms).find((name) => platforms[name].some((mark) => small.includes(mark))) ?? null;
  return { requestId: REQUEST_ID.exec(paste)?.[0] ?? null, sdk, sdkVersion, platform };
}

/** Returns where keys, tokens and e-mail addresses stand: [[start, end], ...] in order, without overlap. */
export function secrets(paste) {
  const found = SECRETS.flatMap((pattern) => [...paste.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]));
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
