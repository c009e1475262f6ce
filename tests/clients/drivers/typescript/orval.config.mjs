// orval takes no address at run time; a function of one's own, its "mutator", gets every request.
const input = process.env.DOCUMENT;

export default {
  client: {
    input,
    output: {
      target: "client.ts",
      client: "fetch",
      override: { mutator: { path: "fetcher.ts", name: "fetcher" } },
    },
  },
  zod: { input, output: { target: "schemas.ts", client: "zod" } },
};
