// orval takes no address at run time; a function of one's own, its "mutator", gets every request.
const input = process.env.DOCUMENT;
// Lists and imports are files, too, for who asks for them; of a body that may be either it makes nothing that compiles.
const contentType = { exclude: ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] };

export default {
  client: {
    input,
    output: {
      target: "client.ts",
      client: "fetch",
      override: { contentType, mutator: { path: "fetcher.ts", name: "fetcher" } },
    },
  },
  zod: { input, output: { target: "schemas.ts", client: "zod" } },
};
