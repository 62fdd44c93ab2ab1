/** Says what the map reads from bytes: unpacks the file that is named, and writes its header, and of each column its kind of array and its bytes. */

import { readFile } from "node:fs/promises";

import { atOnce } from "../../geo/maps/assets/turns.js";
import { unpack } from "../../geo/maps/assets/unpack.js";

const { header, columns } = atOnce(unpack(await readFile(process.argv[2])));
const found = Object.entries(columns).map(([name, values]) => [name, [values.constructor.name, Buffer.from(values.buffer).toString("hex")]]);
process.stdout.write(JSON.stringify({ header, columns: Object.fromEntries(found) }));
