/** A picture that is plainly no document, where the demo needs one: coloured bands with a frame. */
import { crc32, deflateSync } from "node:zlib";

const width = 640;
const height = 400;
const frame = 12;
const bands = [
  [0xd9, 0xe2, 0xec],
  [0xb8, 0xc9, 0xdb],
  [0xe8, 0xdf, 0xc9],
  [0xd4, 0xc2, 0x9f],
] as const;

/** PNG, 8 bits RGB (https://www.w3.org/TR/png-3/). */
export function drawSpecimen(seed: number): Buffer {
  const line = 1 + width * 3;
  const raster = Buffer.alloc(height * line);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const edge = x < frame || y < frame || x >= width - frame || y >= height - frame;
      const band = bands[(Math.floor(y / 40) + Math.floor(x / 160) + seed) % bands.length] ?? bands[0];
      const color = edge ? ([0x52, 0x60, 0x6d] as const) : band;
      raster.set(color, y * line + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(raster)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
