// The shapes of imports.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.

/** A column of the files that an import takes. */
export interface ImportColumn {
  /** The key of the JSON row, or of a line of it, with the name of the array before it. */
  name: string;
  /** What the template calls it. */
  head: string;
  /** What its cells hold. */
  type: "text" | "number" | "wholeNumber" | "truth" | "date" | "moment" | "list" | "reference" | "json";
  /** Whether each row has to have it. */
  isRequired: boolean;
  /** Whether it belongs to a line of the record rather than to all of it. */
  isOfLines: boolean;
  /** Whether all lines that have the same value in it are one record. */
  isGroup: boolean;
  /** What it is; empty where its name says it. */
  description: string;
  /** The values that it may have; empty where it may have any. */
  values: string[];
}

/** A bulk import. */
export interface Import {
  operation: string;
  path: string;
  title: string;
  columns: ImportColumn[];
}

export interface ImportList {
  data: Import[];
}
