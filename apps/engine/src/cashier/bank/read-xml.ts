/**
 * An XML document as nested objects: an element with text alone is its text, attributes stand under `@name`, and an
 * element that comes more than once is an array. Prefixes of namespaces are left out. Throws where it is not well-formed.
 */
import { SaxesParser } from "saxes";

export type XmlValue = string | XmlElement | readonly (string | XmlElement)[];
export interface XmlElement {
  readonly [name: string]: XmlValue;
}

interface Open {
  readonly name: string;
  readonly fields: Record<string, string | XmlElement | (string | XmlElement)[]>;
  text: string;
}

export function readXml(xml: string): XmlElement {
  const parser = new SaxesParser();
  const root: Open = { name: "", fields: {}, text: "" };
  const open: Open[] = [root];
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    // A document type could name files and addresses of its own.
    throw new Error("a document type is not taken");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const fields: Open["fields"] = {};
    for (const [key, value] of Object.entries(attributes)) {
      fields[key.startsWith("xmlns") ? "@xmlns" : `@${key}`] = value;
    }
    open.push({ name: name.slice(name.indexOf(":") + 1), fields, text: "" });
  });
  parser.on("text", (text) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += text;
  });
  parser.on("closetag", () => {
    const done = open.pop();
    const above = open.at(-1);
    if (done === undefined || above === undefined) throw new Error("an end without a beginning");
    add(above.fields, done.name, valueOf(done));
  });
  parser.write(xml).close();
  return root.fields;
}

function valueOf({ fields, text }: Open): string | XmlElement {
  if (Object.keys(fields).length === 0) return text.trim();
  return text.trim() === "" ? fields : { ...fields, "#": text.trim() };
}

function add(fields: Open["fields"], name: string, value: string | XmlElement): void {
  const there = fields[name];
  if (there === undefined) fields[name] = value;
  else if (Array.isArray(there)) there.push(value);
  else fields[name] = [there, value];
}
