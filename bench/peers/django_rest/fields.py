"""Serializer fields that take what the contract says and nothing that merely looks like it."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.validators import RegexValidator
from rest_framework import serializers
from rest_framework.exceptions import ValidationError


class Strict(serializers.Serializer[Any]):
    """Refuses keys it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        problems: dict[str, Any] = {}
        if isinstance(data, dict):
            problems = {key: ["is not known here"] for key in data.keys() - self.fields.keys()}
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError({**problems, **error.detail}) from None
        if problems:
            raise ValidationError(problems)
        return value


class Text(serializers.CharField):
    def __init__(self, max_length: int, *, is_filled: bool = False, **options: Any) -> None:
        if is_filled:
            options["validators"] = [RegexValidator(r"\S")]
        super().__init__(max_length=max_length, trim_whitespace=False, allow_blank=not is_filled, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data  # type: ignore[no-any-return]


def optional_text(max_length: int) -> Text:
    return Text(max_length, required=False, allow_null=True, default=None)


class Id(serializers.UUIDField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or len(data) != 36:
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class Money(serializers.DecimalField):
    """Not below zero, with at most 6 decimals, up to 999999999999.999999."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=18, decimal_places=6, min_value=0, **options)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | Decimal):
            self.fail("invalid")
        value: Decimal = super().to_internal_value(data)
        return value


class Quantity(Money):
    """The same, and above zero."""

    def to_internal_value(self, data: Any) -> Decimal:
        value = super().to_internal_value(data)
        if value <= 0:
            raise ValidationError("must be more than 0")
        return value


class Moment(serializers.Field[Any, Any, Any, Any]):
    """A date's first moment, or a moment with its time zone."""

    def to_internal_value(self, data: Any) -> datetime:
        try:
            if len(data) == 10:
                return datetime.combine(date.fromisoformat(data), time(), UTC)
            moment = datetime.fromisoformat(data.upper())
        except (AttributeError, TypeError, ValueError):
            raise ValidationError("must be a date or a date-time") from None
        if moment.tzinfo is None:
            raise ValidationError("must have a time zone")
        return moment.astimezone(UTC)
