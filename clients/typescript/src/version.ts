// The version of the document that this client was made of.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.

export const VERSION = "1.0.0";
