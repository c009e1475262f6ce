// Paths are relative, for a proxy that serves it all below another one. Its validator is a service of somebody else.
SwaggerUIBundle({
  url: "../openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "none",
  validatorUrl: null,
});
