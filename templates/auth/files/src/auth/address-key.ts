import { isIPv6 } from "node:net";

/** The same key for all addresses of one client: an IPv6 subscriber has a whole /64, and could use a new one each time. */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
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
