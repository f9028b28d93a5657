import { deflateSync } from 'node:zlib';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How much two colours may differ, 0 to 1, and how many of the points of a picture may. */
const THRESHOLD = 0.1;
const TOLERANCE = 0.003;

/** What is not the same in two pictures: in words, empty if nothing is; and drawn. */
export function compare(is, should) {
  const [one, other] = [is, should].map((png) => PNG.sync.read(png));
  const { width, height } = one;
  if (width !== other.width || height !== other.height) return { wrong: `is ${width} by ${height} and was ${other.width} by ${other.height}` };
  const drawn = new PNG({ width, height });
  const points = pixelmatch(one.data, other.data, drawn.data, width, height, { threshold: THRESHOLD });
  const part = points / (width * height);
  return part > TOLERANCE ? { wrong: `differs in ${points} points, ${(100 * part).toFixed(2)} %`, drawn: PNG.sync.write(drawn) } : { wrong: '' };
}

const CRC = new Int32Array(256).map((_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  let sum = -1;
  for (const byte of named) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeInt32BE(~sum);
  return Buffer.concat([length, named, check]);
}

/** The 128 colours that a picture has most of, and for each of its points the nearest of them: grounds and lines are as they were. */
function fewColours({ data }) {
  const colourAt = (at) => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  const many = new Map();
  for (let at = 0; at < data.length; at += 4) many.set(colourAt(at), (many.get(colourAt(at)) ?? 0) + 1);
  const colours = [...many].sort(([, one], [, other]) => other - one).slice(0, 128).map(([colour]) => colour);
  const places = new Map(colours.map((colour, place) => [colour, place]));
  const parts = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const known = colours.map(parts);
  for (const colour of many.keys()) {
    if (places.has(colour)) continue;
    const [r, g, b] = parts(colour);
    let nearest = [Infinity, 0];
    known.forEach(([red, green, blue], place) => {
      const far = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
      if (far < nearest[0]) nearest = [far, place];
    });
    places.set(colour, nearest[1]);
  }
  const points = Buffer.alloc(data.length / 4);
  for (let at = 0; at < data.length; at += 4) points[at / 4] = places.get(colourAt(at));
  return { colours, points };
}

/** The same picture with a palette: a fifth of the size. */
export function small(png) {
  const picture = PNG.sync.read(png);
  const { width, height } = picture;
  const { colours, points } = fewColours(picture);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits, a palette.
  head.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) points.copy(rows, row * (width + 1) + 1, row * width, (row + 1) * width);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}
