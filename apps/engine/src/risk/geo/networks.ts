/** Lists of networks. */
import { BlockList, isIP } from "node:net";

/** Addresses for special purposes (RFC 6890) are nowhere, though registries list some of them under a country. */
export const nowhere = readNetworks(`
  0.0.0.0/8
  10.0.0.0/8
  100.64.0.0/10
  127.0.0.0/8
  169.254.0.0/16
  172.16.0.0/12
  192.0.2.0/24
  192.168.0.0/16
  198.18.0.0/15
  198.51.100.0/24
  203.0.113.0/24
  ::1
  2001:db8::/32
  fc00::/7
  fe80::/10`);

/** Networks of the house and of people's homes, about which nobody outside can say anything. */
export const inner = readNetworks(`
  0.0.0.0/8
  10.0.0.0/8
  100.64.0.0/10
  127.0.0.0/8
  169.254.0.0/16
  172.16.0.0/12
  192.168.0.0/16
  ::1
  fc00::/7
  fe80::/10`);

/** False for what is no address. */
export function hasAddress(list: BlockList, ip: string): boolean {
  const family = isIP(ip);
  return family !== 0 && list.check(ip, family === 4 ? "ipv4" : "ipv6");
}

/** One network a line, `203.0.113.0/24` or an address; what follows a `#` is left out. */
export function readNetworks(text: string): BlockList {
  const list = new BlockList();
  for (const raw of text.split("\n")) {
    const line = (raw.split("#")[0] ?? "").trim();
    if (line === "") continue;
    const [address = "", prefix] = line.split("/");
    const family = isIP(address);
    if (family === 0) throw new Error(`GEO_PROXIES names "${line}", which is no network`);
    const type = family === 4 ? "ipv4" : "ipv6";
    if (prefix === undefined) list.addAddress(address, type);
    else list.addSubnet(address, Number(prefix), type);
  }
  return list;
}
