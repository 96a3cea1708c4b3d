import { isIPv4, isIPv6 } from "node:net";

/** Some proxies forward the client's port with its address, and it is another one for each connection. */
const WITH_PORT = /^(?:\[(?<v6>[^\]]*)\]|(?<v4>[^:]*))(?::\d+)?$/;

/**
 * The same key for all addresses of one client: an IPv6 subscriber has a whole /64, and could use a new one each time.
 * Whatever is no address has one key in common, so that nothing that a client makes up is a key of its own.
 */
export function addressKey(ip: string): string {
  const { v4, v6 } = WITH_PORT.exec(ip)?.groups ?? {};
  const address = v4 ?? v6 ?? ip;
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return "unknown";
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  if (!isMapped) return `${groups.slice(0, 4).join(":")}::/64`;
  const hex = groups.slice(6).map((group) => group.padStart(4, "0"));
  return Buffer.from(hex.join(""), "hex").join(".");
}

/** All eight of them, in the one spelling that URLs have. */
function groupsOf(ip: string): string[] {
  // A zone, such as `%eth0`, means something to this machine only.
  const { hostname } = new URL(`http://[${ip.replace(/%.*/, "")}]`);
  const [head = "", tail = ""] = hostname.slice(1, -1).split("::");
  const [first, last] = [head.split(":").filter(Boolean), tail.split(":").filter(Boolean)];
  return [...first, ...Array<string>(8 - first.length - last.length).fill("0"), ...last];
}
