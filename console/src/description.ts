// What the generated file says of the operations and of the fields of their bodies.

/** One operation: the client's group that has it, where it is, the least role, and the name of its body. */
export interface Call {
  group: string;
  path: string;
  role: string;
  idTokenOnly?: true;
  query?: readonly string[];
  body?: string;
  /** Its rows come or go as a file (CSV, XLSX), too. */
  isFile?: true;
}

export type FieldKind =
  | "text"
  | "long"
  | "integer"
  | "decimal"
  | "day"
  | "flag"
  | "choice"
  | "reference"
  | "list"
  | "object";

/** One key of a body. `of` names the fields of what is within a list or an object. */
export interface Field {
  key: string;
  kind: FieldKind;
  required?: boolean;
  nullable?: boolean;
  choices?: readonly string[];
  longest?: number;
  of?: string;
  hint?: string;
}
