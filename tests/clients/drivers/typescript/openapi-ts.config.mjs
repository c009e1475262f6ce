// node asks for the extension of a module; hey-api's own look at tsconfig.json does not see the one of this folder.
export default {
  output: { path: "client", module: { extension: ".js" } },
  plugins: ["@hey-api/client-fetch", "@hey-api/sdk", "@hey-api/typescript"],
};
