// The group of methods `locations`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  Location,
  LocationBulkImport,
  LocationCreate,
  LocationInUse,
  LocationList,
  LocationUpdate,
} from "../models/locations.js";
import type { BulkImportResult, DeletedId } from "../models/shared.js";
import type { Call, Transport, Write } from "../transport.js";

export interface BulkImportLocationsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

/** `client.locations`: the places where goods are kept, received, made and shipped from. */
export class Locations {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create location.
   *
   * Adds a location to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
   * Refused with 409 `conflict` when another location has the same name, whatever the letter case.
   *
   * The least role is admin.
   */
  createLocation(body: LocationCreate, options: Write = {}): Promise<Location> {
    return this.#transport.send(
      { method: "POST", template: "/api/locations", body, takesKey: true, shape: "Location" },
      options,
    );
  }

  /**
   * List locations (bounded; no pagination).
   *
   * All locations of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
   * without pages.
   *
   * The least role is viewer.
   */
  listLocations(options: Call = {}): Promise<LocationList> {
    return this.#transport.send({ method: "GET", template: "/api/locations", shape: "LocationList" }, options);
  }

  /**
   * Bulk-import locations.
   *
   * Stores up to 5,000 locations at once. Every row is a location as createLocation takes it; they come last in the
   * order, one behind the other.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose name another location or an earlier row has, makes it 422, with `details`
   * naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
   * which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportLocations(body: LocationBulkImport, options: BulkImportLocationsOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/locations/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update location.
   *
   * Changes the keys that are sent and leaves the others. Moving a location to a `sortOrder` that is taken shifts the
   * others in the same transaction. `isActive: false` hides the location from new work; existing orders keep it, and
   * naming it in a new order, or as the destination of a transfer, is 409. What it still holds is in the answer,
   * `stillHolds`, and can be emptied. Refused with 404 when there is no such location, and with 409 `conflict` when
   * another location has the new name, whatever the letter case.
   *
   * The least role is admin.
   */
  updateLocation(id: string, body: LocationUpdate, options: Write = {}): Promise<Location> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/locations/{id}", path: { id }, body, takesKey: true, shape: "Location" },
      options,
    );
  }

  /**
   * Delete location (gated by in-use check).
   *
   * Deletes a location nothing refers to. Refused with 404 when there is no such location, and with 409 `in_use` while
   * a purchase order, work order, production order, sales order or ledger row (also as a transfer's destination) refers
   * to it; `details.references` then has the counts by kind. Deactivate such a location instead.
   *
   * The least role is admin.
   */
  deleteLocation(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/locations/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Check if location is referenced anywhere.
   *
   * Counts what refers to a location, and so tells whether deleteLocation would refuse. Rows of both ledgers count,
   * also where the location is a transfer's destination. Refused with 404 when there is no such location.
   *
   * The least role is viewer.
   */
  checkLocationInUse(id: string, options: Call = {}): Promise<LocationInUse> {
    return this.#transport.send(
      { method: "GET", template: "/api/locations/{id}/in-use", path: { id }, shape: "LocationInUse" },
      options,
    );
  }
}
