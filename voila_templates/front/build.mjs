// Build the front end: `npm ci && npm run build`, into voila_templates/iprof/static/front
// (or the folder given as argument). Same sources, same lock: same bytes, whatever Node compresses
// with; gzip, of which that is not true, is left to the server.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = resolve(process.argv[2] ?? join(HERE, "../iprof/static/front"));
const COMMON = {
  absWorkingDir: HERE, bundle: true, minify: true, write: false, metafile: true, outdir: OUT,
  legalComments: "none", charset: "utf8", target: ["chrome111", "firefox121", "safari17.4"],
};

// anywidget is published as an AMD module: its last call, `define`, becomes an export.
const as_module = {
  name: "as-module",
  setup(own) {
    own.onLoad({ filter: /anywidget[\\/]dist[\\/]index\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const contents = source.replace(/^define\(\[.*?\], (\w+)\);$/m, "export default $1;");
      if (contents === source) throw new Error("anywidget no longer ends with define(…)");
      return { contents };
    });
  },
};

// Labels are cleaned by a library that only the ordinary widgets need.
const clean_later = {
  name: "clean-later",
  setup(own) {
    own.onResolve({ filter: /^sanitize-html$/ }, ({ importer }) =>
      importer.includes("base-manager") ? { path: join(HERE, "src/clean.js") } : undefined);
  },
};

const css = await build({ ...COMMON, entryPoints: ["src/controls.css"], entryNames: "[name].[hash]",
  loader: { ".svg": "dataurl" } });
const sheet = css.outputFiles[0];

const sheet_name = {
  name: "sheet-name",
  setup(own) {
    own.onLoad({ filter: /src[\\/]controls\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace("CONTROLS_SHEET", name_of(sheet)),
    }));
  },
};

const widgets = await build({
  ...COMMON, entryPoints: ["src/manager.js"], format: "esm", splitting: true,
  entryNames: "[name].[hash]", chunkNames: "[name].[hash]",
  plugins: [as_module, clean_later, sheet_name],
});
const manager = widgets.outputFiles.find((file) => name_of(file).startsWith("manager."));

// The libraries of widgets are apart: a page that holds one screen fetches nothing of them.
const built_apart = {
  name: "built-apart",
  setup(own) {
    own.onResolve({ filter: /^\.\/manager\.js$/ },
      () => ({ path: `./${name_of(manager)}`, external: true }));
  },
};

const front = await build({
  ...COMMON, entryPoints: ["src/front.js"], format: "esm", entryNames: "[name].[hash]",
  plugins: [built_apart],
});

function name_of(file) {
  return file.path.split(/[\\/]/).pop();
}

function packages(...metafiles) {
  const found = new Set();
  for (const path of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const inside = path.split("node_modules/").pop();
    if (inside === path) continue;
    found.add(inside.split("/").slice(0, inside.startsWith("@") ? 2 : 1).join("/"));
  }
  return [...found].sort();
}

function licence(name) {
  const folder = join(HERE, "node_modules", name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, "package.json")));
  const by = typeof author === "string" ? author : author?.name;
  const own = readdirSync(folder).sort().find((each) => /^(licen[cs]e|copying)/i.test(each));
  // Jupyter publishes its packages without the text that they name.
  if (!own && by !== "Project Jupyter") throw new Error(`${name} has no licence`);
  const file = own ? join(folder, own) : join(HERE, "licences/jupyter.txt");
  const text = readFileSync(file, "utf8").replace(/\r\n/g, "\n").trim();
  return `## ${name} ${version}, ${license}${by ? `, ${by}` : ""}\n\n${text}`;
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const files = [...front.outputFiles, ...widgets.outputFiles, sheet];
for (const file of files) {
  const path = join(OUT, name_of(file));
  writeFileSync(path, file.contents);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  writeFileSync(`${path}.br`, brotliCompressSync(file.contents, { params: {
    [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: file.contents.length } }));
}
writeFileSync(join(OUT, "front.json"), `${JSON.stringify({ front: name_of(front.outputFiles[0]) })}\n`);
const texts = packages(front.metafile, widgets.metafile, css.metafile).map(licence).join("\n\n");
writeFileSync(join(OUT, "LICENCES.txt"),
  `What the files beside this one are made of, besides voila_templates/front/src.\n\n${texts}\n`);
for (const file of files) console.log(name_of(file), file.contents.length);
