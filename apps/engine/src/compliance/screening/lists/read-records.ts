/** Records out of an XML file of any size: the parser goes through it once, and holds one record at a time. */
import { SaxesParser, type SaxesTagPlain } from "saxes";

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

const chunkBytes = 1 << 16;

/**
 * Calls `take` with each element of one of these names. Answers the root's attributes, and the text of its direct
 * children that are no records; undefined where the file is no well-formed XML. A document type declaration is refused:
 * no list has one, and what it could declare is nothing to be read.
 */
export function readRecords(
  bytes: Buffer,
  names: ReadonlySet<string>,
  take: (record: XmlNode) => void,
): { readonly root: XmlNode } | undefined {
  const parser = new SaxesParser({});
  const open: XmlNode[] = [];
  let root: XmlNode | undefined;
  /** How deep the record begins that is being read; undefined between records. */
  let recordDepth: number | undefined;
  const state = { failed: false };
  const fail = (): void => {
    state.failed = true;
  };
  parser.on("error", fail);
  parser.on("doctype", fail);
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
    const node: XmlNode = { name: local(name), attributes, children: [], text: "" };
    root ??= node;
    if (recordDepth === undefined && names.has(node.name)) recordDepth = open.length;
    else if (recordDepth !== undefined || open.length <= 1) open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on("text", (text) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  });
  parser.on("cdata", (text) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  });
  parser.on("closetag", () => {
    const node = open.pop();
    if (node === undefined || open.length !== recordDepth) return;
    recordDepth = undefined;
    if (!state.failed) take(node);
  });
  const decoder = new TextDecoder("utf-8");
  for (let from = 0; from < bytes.length && !state.failed; from += chunkBytes) {
    parser.write(decoder.decode(bytes.subarray(from, from + chunkBytes), { stream: true }));
  }
  if (!state.failed) parser.close();
  return state.failed || root === undefined ? undefined : { root };
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** All children of that name, at any depth along the path. */
export function within(node: XmlNode, ...path: readonly string[]): XmlNode[] {
  let found = [node];
  for (const name of path) found = found.flatMap(({ children }) => children.filter((child) => child.name === name));
  return found;
}

/** The text of the first such child, trimmed; empty where there is none. */
export function textOf(node: XmlNode, ...path: readonly string[]): string {
  return within(node, ...path)[0]?.text.trim() ?? "";
}
