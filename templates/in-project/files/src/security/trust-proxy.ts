import { isIP } from "node:net";
import { z } from "zod";

/**
 * Whose X-Forwarded-* headers are believed: a number of proxies in front, or their subnets. `true` would believe
 * everybody, and with it any address that a client cares to claim (ASVS v5.0.0-4.1.3).
 */
export function trustProxy() {
  return z
    .string()
    .default("0")
    .transform((value, context) => {
      if (/^\d{1,2}$/.test(value)) return Number(value);
      const subnets = value.split(",").map((subnet) => subnet.trim());
      if (subnets.every(isSubnet)) return subnets;
      context.addIssue("must be a number of proxies, or subnets such as 10.0.0.0/8, never 'true'");
      return z.NEVER;
    });
}

/** An address, or a part of the net; all of it, as `0.0.0.0/0`, would be everybody again. */
function isSubnet(text: string): boolean {
  if (/^(?:loopback|linklocal|uniquelocal)$/.test(text)) return true;
  const [, address = "", bits = 1] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}
