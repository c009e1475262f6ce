// The refusals of the server, a class for each code.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import { ApiError } from "./errors.js";

/** `validation_failed` */
export class ValidationFailed extends ApiError {
  override readonly name = "ValidationFailed";
}

/** `unauthorized` */
export class Unauthorized extends ApiError {
  override readonly name = "Unauthorized";
}

/** `forbidden` */
export class Forbidden extends ApiError {
  override readonly name = "Forbidden";
}

/** `not_found` */
export class NotFound extends ApiError {
  override readonly name = "NotFound";
}

/** `method_not_allowed` */
export class MethodNotAllowed extends ApiError {
  override readonly name = "MethodNotAllowed";
}

/** `not_acceptable` */
export class NotAcceptable extends ApiError {
  override readonly name = "NotAcceptable";
}

/** `in_use` */
export class InUse extends ApiError {
  override readonly name = "InUse";
}

/** `invalid_transition` */
export class InvalidTransition extends ApiError {
  override readonly name = "InvalidTransition";
}

/** `conflict` */
export class Conflict extends ApiError {
  override readonly name = "Conflict";
}

/** `period_closed` */
export class PeriodClosed extends ApiError {
  override readonly name = "PeriodClosed";
}

/** `gone` */
export class Gone extends ApiError {
  override readonly name = "Gone";
}

/** `precondition_failed` */
export class PreconditionFailed extends ApiError {
  override readonly name = "PreconditionFailed";
}

/** `precondition_required` */
export class PreconditionRequired extends ApiError {
  override readonly name = "PreconditionRequired";
}

/** `payload_too_large` */
export class PayloadTooLarge extends ApiError {
  override readonly name = "PayloadTooLarge";
}

/** `unsupported_media_type` */
export class UnsupportedMediaType extends ApiError {
  override readonly name = "UnsupportedMediaType";
}

/** `rate_limited` */
export class RateLimited extends ApiError {
  override readonly name = "RateLimited";
}

/** `internal_error` */
export class InternalError extends ApiError {
  override readonly name = "InternalError";
}

/** `service_unavailable` */
export class ServiceUnavailable extends ApiError {
  override readonly name = "ServiceUnavailable";
}

/** The class of each code. */
export const BY_CODE: Readonly<Record<string, typeof ApiError>> = {
  validation_failed: ValidationFailed,
  unauthorized: Unauthorized,
  forbidden: Forbidden,
  not_found: NotFound,
  method_not_allowed: MethodNotAllowed,
  not_acceptable: NotAcceptable,
  in_use: InUse,
  invalid_transition: InvalidTransition,
  conflict: Conflict,
  period_closed: PeriodClosed,
  gone: Gone,
  precondition_failed: PreconditionFailed,
  precondition_required: PreconditionRequired,
  payload_too_large: PayloadTooLarge,
  unsupported_media_type: UnsupportedMediaType,
  rate_limited: RateLimited,
  internal_error: InternalError,
  service_unavailable: ServiceUnavailable,
};
