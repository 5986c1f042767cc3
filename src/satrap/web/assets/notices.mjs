// The licence of every package of which something is passed on.
const LICENCES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"];

export async function notices(paths, read) {
  const packages = new Set();
  for (const path of paths) {
    const found = path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) packages.add(found[1]);
  }
  const parts = ["The scripts and outlines in this folder hold code and data of these packages."];
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await read(`${folder}/package.json`));
    parts.push(`${"=".repeat(80)}\n${name} ${version} (${license ?? "licence below"})\n\n${await text(folder, read)}`);
  }
  return `${parts.join("\n\n")}\n`;
}

async function text(folder, read) {
  for (const name of LICENCES) {
    try {
      return (await read(`${folder}/${name}`)).replaceAll("\r\n", "\n").trim();
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  throw new Error(`${folder} has no licence file: name it in notices.mjs`);
}
